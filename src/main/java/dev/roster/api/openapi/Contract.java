package dev.roster.api.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the contract that the resources of a package serve; it is their tag in the document. */
@Target(ElementType.PACKAGE)
@Retention(RetentionPolicy.CLASS)
public @interface Contract {
    /** As people call it. */
    String name();

    /** What a reader should know before the first call. */
    String description();

    /** The authentication scheme of its clients, and the name of the security scheme for it. */
    String scheme() default "Bearer";

    /** Where its resources stand in the service, if clients know them at {@link #path()}. */
    String servedAt() default "";

    /** Where clients know the resources below {@link #servedAt()}. */
    String path() default "";
}

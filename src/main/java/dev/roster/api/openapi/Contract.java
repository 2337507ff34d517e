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
}

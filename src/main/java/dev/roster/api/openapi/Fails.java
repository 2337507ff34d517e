package dev.roster.api.openapi;

import dev.roster.platform.error.ErrorCode;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents the errors of an endpoint beyond those that its declaration already tells. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Fails {
    /** The codes, rendered as the contract of the endpoint renders them. */
    ErrorCode[] value();
}

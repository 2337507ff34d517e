package dev.roster.api.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Documents an endpoint of a resource with an entity tag (RFC 9110 section 8.8.3): answers carry
 * {@code ETag}, reads honour {@code If-None-Match}, changes {@code If-Match}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Versioned {}

package dev.roster.api.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents an endpoint that answers {@code {"items": […], "next_cursor": "…"}}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface AnswersItems {
    /** The record of one item. */
    Class<?> value();

    /** Whether the items also come one a line, as {@code application/x-ndjson}. */
    boolean lines() default false;
}

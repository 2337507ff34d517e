package dev.roster.platform.http;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what reads its body piece by piece, as {@link BodyStream}: it has no limit as a whole, and is never kept. Its
 * path must be one of the {@link StreamedPaths}.
 */
@NameBinding
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface StreamedBody {}

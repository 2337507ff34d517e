package dev.roster.platform.http;

import java.util.Set;

/**
 * A resource whose operations read their body piece by piece, as {@link BodyStream}: it has no limit as a whole, and is
 * never kept.
 */
public interface StreamedResource {
    /** Where the resource is found. */
    Set<String> paths();
}

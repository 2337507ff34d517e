package dev.roster.platform.http;

/**
 * A resource whose POST reads its body piece by piece, as {@link BodyStream}: it has no limit as a whole, and is never
 * kept.
 */
public interface StreamedResource {
    /** Where the resource is found. */
    String path();
}

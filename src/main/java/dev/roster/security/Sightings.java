package dev.roster.security;

/** Takes note of who made requests, without a write for each of them. */
public interface Sightings {

    /** The caller made a request in this minute; said at least once for each token. */
    void saw(Caller caller);
}

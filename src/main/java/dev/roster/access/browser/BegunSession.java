package dev.roster.access.browser;

import dev.roster.caller.Caller;

/**
 * A session that a browser has just begun.
 *
 * @param cookie the value of its cookie
 * @param caller who has begun it
 */
public record BegunSession(String cookie, Caller caller) {

    @Override
    public String toString() {
        return "BegunSession[]"; // a cookie must not end in a log
    }
}

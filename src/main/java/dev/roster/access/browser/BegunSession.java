package dev.roster.access.browser;

/**
 * A session that a browser has just begun.
 *
 * @param cookie the value of its cookie
 * @param organization the name
 */
public record BegunSession(String cookie, String organization) {

    @Override
    public String toString() {
        return "BegunSession[]"; // a cookie must not end in a log
    }
}

package dev.roster.access.session;

import dev.roster.platform.http.Origin;

/** Where a session is used: the name that a program gives itself, and the address it comes from. */
final class Device {
    // Real user agents stay below; whoever sends more shall not fill the table.
    private static final int LONGEST = 250;

    private Device() {}

    /** The user agent as it is listed. */
    static String agent(Origin origin) {
        String userAgent = origin.userAgent();
        if (userAgent == null || userAgent.isBlank()) {
            return SessionView.UNNAMED;
        }
        // PostgreSQL takes no NUL, and no one wants the other control characters in a list
        String named = userAgent.strip();
        String kept = named.length() <= LONGEST ? named : named.substring(0, LONGEST);
        return kept.replaceAll("\\p{Cntrl}", " ");
    }

    /** What tells the hosts of a client apart, each of which goes on in a session of its own. */
    static String host(Origin origin) {
        return (origin.address() == null ? SessionView.UNNAMED : origin.address()) + " " + agent(origin);
    }
}

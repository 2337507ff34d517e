package dev.roster.session;

/** What tells the devices of an account apart: the name its program gives itself. */
final class Device {
    // Real user agents stay below; whoever sends more shall not fill the table.
    private static final int LONGEST = 250;

    private Device() {}

    static String of(String userAgent) {
        if (userAgent == null || userAgent.isBlank()) {
            return "unknown";
        }
        // PostgreSQL takes no NUL, and no one wants the other control characters in a list
        String named = userAgent.strip();
        String kept = named.length() <= LONGEST ? named : named.substring(0, LONGEST);
        return kept.replaceAll("\\p{Cntrl}", " ");
    }
}

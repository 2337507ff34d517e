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
        String printable = userAgent.strip().replaceAll("\\p{Cntrl}", " ");
        return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST);
    }
}

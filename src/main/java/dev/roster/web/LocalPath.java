package dev.roster.web;

import java.net.URI;
import java.net.URISyntaxException;

/** A way on within this service, and to no other one, whatever a browser makes of it (RFC 9700 section 4.11). */
final class LocalPath {
    static final int LONGEST = 6_000;

    private LocalPath() {}

    /** The wanted path with its query, or the other one where it is none or leads elsewhere. */
    static String of(String wanted, String otherwise) {
        return isLocal(wanted) ? wanted : otherwise;
    }

    private static boolean isLocal(String wanted) {
        // The class URI would take ///host for a path
        if (wanted == null || wanted.length() > LONGEST || !wanted.startsWith("/") || wanted.startsWith("//")) {
            return false;
        }
        try {
            // Takes no backslash, no control character and no space
            URI uri = new URI(wanted);
            String path = uri.getPath();
            return uri.getRawAuthority() == null
                    && path != null
                    && path.equals(new URI(null, null, path, null).normalize().getPath())
                    && !path.contains("//")
                    && !path.contains("\\")
                    && path.chars().noneMatch(Character::isISOControl)
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException | IllegalArgumentException malformed) {
            return false;
        }
    }
}

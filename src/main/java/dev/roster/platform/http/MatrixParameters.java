package dev.roster.platform.http;

/** What stands behind a semicolon in a segment of a path (RFC 3986 section 3.3): the matching of paths passes over it. */
public final class MatrixParameters {
    private MatrixParameters() {}

    /** A path as it is matched. */
    public static String without(String path) {
        return path.indexOf(';') < 0 ? path : path.replaceAll(";[^/]*+", "");
    }

    /** The same in one spelling: a last slash means nothing to the matching of paths either. */
    public static String place(String path) {
        String matched = without(path);
        return matched.endsWith("/") ? matched.substring(0, matched.length() - 1) : matched;
    }
}

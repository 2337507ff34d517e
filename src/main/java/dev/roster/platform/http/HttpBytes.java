package dev.roster.platform.http;

/** What the bytes of a head may be (RFC 9110). */
public final class HttpBytes {
    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

    private static final String VERSION = "HTTP/1.";
    static final int VERSION_LENGTH = VERSION.length() + 1;

    static final byte CR = '\r';

    /** In the place of a head's further headers: those that have come are enough to refuse it for. */
    static final byte[] END_OF_HEAD = {'\r', '\n'};

    /**
     * In the place of what else is refused: the server, which keeps the order of its answers, refuses this. A line feed alone
     * ends no line; behind a chunk it may, but then x is no size.
     */
    static final byte[] BROKEN_LINES = {'x', '\n', 'x', '\n'};

    private HttpBytes() {}

    /** Whether a byte at this place is one of HTTP/1.0 or HTTP/1.1 (RFC 9112 section 2.3). */
    static boolean isVersion(byte b, int index) {
        return index < VERSION.length()
                ? b == VERSION.charAt(index)
                : index == VERSION.length() && (b == '0' || b == '1');
    }

    /** RFC 9110 section 5.6.2. */
    static boolean isToken(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || (b > 0 && TOKEN_SIGNS.indexOf(b) >= 0);
    }

    /** RFC 9110 section 5.5: what is beyond ASCII has no meaning, and ends nothing. */
    static boolean isText(byte b) {
        return b < 0 || (b >= ' ' && b != 0x7f) || b == '\t';
    }

    /** Whether a value is made of those bytes, each of which has become a character. */
    public static boolean isText(CharSequence value) {
        return value.chars().allMatch(c -> c > Byte.MAX_VALUE || isText((byte) c));
    }

    /** Whether a name is one of a header. */
    public static boolean isToken(CharSequence name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c <= Byte.MAX_VALUE && isToken((byte) c));
    }

    /** Whether a target is the path of a resource, or {@code *}, without blanks and control characters (RFC 9113 section 8.3.1). */
    public static boolean isTarget(String target) {
        return (target.startsWith("/") || target.equals("*")) && target.chars().noneMatch(c -> c <= ' ' || c == 0x7f);
    }
}

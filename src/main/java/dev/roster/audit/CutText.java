package dev.roster.audit;

import dev.roster.platform.digest.Sha256;
import java.util.HexFormat;

/** A text as an event has it: PostgreSQL takes no NUL, and no one wants a text without an end. */
final class CutText {
    // Names and addresses fit; a row shall stay small, whatever a client stores.
    private static final int LONGEST = 300;

    private static final int BYTES = 4;

    private CutText() {}

    static String of(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .map(point -> isHalf(point) ? '\uFFFD' : point)
                .forEach(printable::appendCodePoint);
        return text.codePointCount(0, text.length()) > LONGEST
                ? printable.append("… ").append(digest(text)).toString()
                : printable.toString();
    }

    /** What stands for the rest: two texts that differ there alone read differently. */
    static String digest(String whole) {
        return "sha256 " + HexFormat.of().formatHex(Sha256.of(whole), 0, BYTES);
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}

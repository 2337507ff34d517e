package dev.roster.transfer;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * The bytes of the entry of a directory that is being cut, without the lines of attributes that may be of any length and
 * say nothing of a person: a group of thousands, or a list of revoked certificates, is an entry as any other.
 */
final class EntryText {
    private static final Set<String> PASSED_OVER = Set.of(
            "member",
            "uniquemember",
            "memberuid",
            "jpegphoto",
            "thumbnailphoto",
            "photo",
            "usercertificate",
            "usersmimecertificate",
            "cacertificate",
            "certificaterevocationlist");

    // More than the longest of these
    private static final int LONGEST_NAME = 32;

    private final RecordText text = new RecordText();
    private final byte[] name = new byte[LONGEST_NAME];
    // Of the line: what of its name there is, while it is not known whether it is kept
    private int length;
    private boolean known;
    private boolean kept = true;

    /** Adds of a line what there is of it: up to its end, or to that of the piece. */
    void add(byte[] piece, int from, int to) {
        int at = from;
        while (!known && at < to) {
            at = look(piece, at);
        }
        if (known && kept) {
            text.add(piece, at, to);
        }
        if (to > from && piece[to - 1] == '\n') {
            known = false;
        }
    }

    /** Takes a byte of the name of an attribute, or knows by it whether the line is kept. */
    private int look(byte[] piece, int at) {
        byte next = piece[at];
        if (length == 0 && next == ' ') {
            // It goes on with the line before, and is kept if that is
            known = true;
        } else if (next == ':' || next == ';' || next == '\n' || length == LONGEST_NAME) {
            kept = !PASSED_OVER.contains(
                    new String(name, 0, length, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT));
            know();
        } else {
            name[length++] = next;
            return at + 1;
        }
        return at;
    }

    private void know() {
        known = true;
        if (kept) {
            text.add(name, 0, length);
        }
        length = 0;
    }

    boolean isTooLong() {
        return text.isTooLong();
    }

    /** What there is, which is forgotten with that. */
    byte[] take() {
        kept = true;
        know();
        known = false;
        return text.take();
    }
}

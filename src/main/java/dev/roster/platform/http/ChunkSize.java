package dev.roster.platform.http;

/** The size of a chunk (RFC 9112 section 7.1), digit by digit. */
final class ChunkSize {
    private int digits;
    private long size;

    /** Takes a digit of sixteen; false where it is none, or the size is beyond any that is read. */
    boolean add(byte b) {
        int digit = b < 0 ? -1 : Character.digit(b, 16);
        if (digit < 0) {
            return false;
        }
        digits++;
        size = size * 16 + digit;
        return size <= Integer.MAX_VALUE;
    }

    /** Whether it has a digit. */
    boolean isGiven() {
        return digits > 0;
    }

    /** The whole size; the next one begins. */
    long end() {
        long whole = size;
        size = 0;
        digits = 0;
        return whole;
    }
}

package dev.roster.organization;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The pictures that are taken: PNG (ISO/IEC 15948), which runs nothing, and of that only what a logo needs: no text, no
 * profile and nothing behind the end, where something else could hide.
 */
final class Png {
    static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_PIXELS = 1024;

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final Set<String> CHUNKS =
            Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "bKGD", "pHYs", "tIME");
    private static final int HEADER_BYTES = 13;

    private Png() {}

    /** Whether these bytes are a picture that is taken. */
    static boolean isAccepted(byte[] bytes) {
        if (bytes.length > MOST_BYTES
                || bytes.length < SIGNATURE.length
                || !Arrays.equals(SIGNATURE, Arrays.copyOf(bytes, SIGNATURE.length))) {
            return false;
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes).position(SIGNATURE.length);
        String last = "";
        boolean pixels = false;
        while (rest.remaining() >= 12 && !last.equals("IEND")) {
            int length = rest.getInt();
            if (length < 0 || length > rest.remaining() - 8) {
                return false;
            }
            byte[] chunk = new byte[4 + length];
            rest.get(chunk);
            String type = new String(chunk, 0, 4, StandardCharsets.ISO_8859_1);
            boolean first = last.isEmpty();
            if (rest.getInt() != sum(chunk)
                    || !CHUNKS.contains(type)
                    || first != type.equals("IHDR")
                    || (first && !isSmall(chunk))) {
                return false;
            }
            pixels |= type.equals("IDAT");
            last = type;
        }
        return last.equals("IEND") && pixels && !rest.hasRemaining();
    }

    private static boolean isSmall(byte[] header) {
        ByteBuffer sizes = ByteBuffer.wrap(header).position(4);
        return header.length == 4 + HEADER_BYTES && isSmall(sizes.getInt()) && isSmall(sizes.getInt());
    }

    private static boolean isSmall(int pixels) {
        return pixels >= 1 && pixels <= MOST_PIXELS;
    }

    private static int sum(byte[] chunk) {
        CRC32 sum = new CRC32();
        sum.update(chunk);
        return (int) sum.getValue();
    }
}

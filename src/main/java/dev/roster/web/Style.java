package dev.roster.web;

import dev.roster.platform.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/** The style sheet of the pages. */
final class Style {
    /** Another address for another content: caches keep what they have for an hour. */
    static final String PATH = "/assets/roster.css?v=" + digest();

    private static final int SHOWN = 12;

    private Style() {}

    private static String digest() {
        try (InputStream sheet = Style.class.getResourceAsStream("/META-INF/resources/assets/roster.css")) {
            return HexFormat.of().formatHex(Sha256.of(sheet.readAllBytes())).substring(0, SHOWN);
        } catch (IOException ownFile) {
            throw new UncheckedIOException(ownFile);
        }
    }
}

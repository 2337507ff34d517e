package dev.roster.platform.digest;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * What a form that uses up the code of a link is known by when it comes again, as by a second click: that it was done is
 * told to the browser that has done it, and to nobody else who has the code.
 *
 * @param browser what only this browser knows; null where it is not known
 * @param said all that the form says
 */
public record SentForm(String browser, String said) {

    /** A form of these fields. */
    public static SentForm of(String browser, String... fields) {
        return new SentForm(browser, String.join("\n", fields));
    }

    /** What is kept of it; empty where nothing tells its browser. It opens no link: it is the digest of no code. */
    public Optional<Buffer> digest() {
        return Optional.ofNullable(browser).map(known -> Buffer.buffer(Sha256.of(known + "\n" + said)));
    }

    @Override
    public String toString() {
        return "SentForm[]"; // neither code nor password must end in a log
    }
}

package dev.roster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Writes what people read at a terminal, and JSON into a pipe, a value a line. */
final class Terminal {
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}");

    private final OutputStream out;
    private final PrintStream err;
    private final BooleanSupplier seen;
    private final BooleanSupplier watched;
    private boolean hasProgress;

    /**
     * One of these streams.
     *
     * @param out what tells where it cannot be written, as a stream for printing does not
     * @param seen whether what is written is seen as it is written; asked once, where it matters, since to find out takes a process
     * @param watched whether errors are, asked in the same way
     */
    Terminal(OutputStream out, PrintStream err, BooleanSupplier seen, BooleanSupplier watched) {
        this.out = out;
        this.err = err;
        this.seen = once(seen);
        this.watched = once(watched);
    }

    private static BooleanSupplier once(BooleanSupplier question) {
        AtomicReference<Boolean> answer = new AtomicReference<>();
        return () -> {
            if (answer.get() == null) {
                answer.set(question.getAsBoolean());
            }
            return answer.get();
        };
    }

    /** Whether people read what is written, rather than a program or a file; where it comes from is no matter. */
    boolean isInteractive() {
        return seen.getAsBoolean();
    }

    void line(String text) {
        bytes((text + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
    }

    void lines(List<String> lines) {
        if (!lines.isEmpty()) {
            line(String.join(System.lineSeparator(), lines));
        }
    }

    /** Ends the command where nobody takes them. */
    void bytes(byte[] piece) {
        try {
            out.write(piece);
            out.flush();
        } catch (IOException failure) {
            String why = String.valueOf(failure.getMessage());
            throw new CallFailed(
                    why.toLowerCase(Locale.ROOT).contains("broken pipe")
                            ? "Nobody reads the output any more."
                            : "The output cannot be written: " + why + ".");
        }
    }

    synchronized void complain(String text) {
        progress("");
        err.println("roster: " + shown(text));
    }

    /** Writes over what it has written before, if anybody looks at it. */
    synchronized void progress(String text) {
        if ((hasProgress || !text.isEmpty()) && watched.getAsBoolean()) {
            hasProgress = !text.isEmpty();
            err.print("\r" + text + "\u001b[K");
            err.flush();
        }
    }

    /** A value: its fields one below the other. */
    void value(JsonNode value) {
        if (!isInteractive()) {
            line(value.toString());
            return;
        }
        int width = value.properties().stream()
                .mapToInt(field -> field.getKey().length())
                .max()
                .orElse(0);
        lines(value.properties().stream()
                .map(field -> padded(field.getKey(), width) + "  " + text(field.getValue()))
                .toList());
    }

    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - Columns.of(text)));
    }

    static String text(JsonNode value) {
        return shown(value.isValueNode() ? value.asText() : value.isMissingNode() ? "" : value.toString());
    }

    /** What a service says moves no cursor and changes no colour (ECMA-48). */
    private static String shown(String text) {
        return CONTROLS.matcher(text).replaceAll("\uFFFD");
    }
}

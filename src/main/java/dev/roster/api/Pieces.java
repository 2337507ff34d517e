package dev.roster.api;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * A part of a list as it is sent: mostly one piece; where its items are large, several, each written when the one before
 * has been taken. A hundred accounts in a thousand groups each are 40 MB.
 */
final class Pieces<T> {
    /** Bytes from which on no other item comes into a piece. */
    static final int FULL = 256 * 1024;

    // Some thirty users with two groups each
    private static final int USUAL = 16_384;

    private final ObjectWriter json;
    private final Iterator<T> items;
    private final Function<T, ?> body;
    private final Frame frame;
    private boolean begun;
    private boolean ended;

    private Pieces(ObjectWriter json, List<T> items, Function<T, ?> body, Frame frame) {
        this.json = json.withRootValueSeparator(frame.between());
        this.items = items.iterator();
        this.body = body;
        this.frame = frame;
    }

    /**
     * What stands around items.
     *
     * @param start before the first
     * @param between two in one piece
     * @param cut behind the last of a piece that others follow
     * @param end behind the last
     */
    record Frame(String start, String between, String cut, String end) {}

    static <T> Multi<byte[]> of(ObjectWriter json, List<T> items, Function<T, ?> body, Frame frame) {
        return Multi.createFrom().deferred(() -> {
            Pieces<T> pieces = new Pieces<>(json, items, body, frame);
            return Multi.createBy().repeating().uni(pieces::inTurn).whilst(piece -> !pieces.ended);
        });
    }

    // A client that takes each piece at once would keep the event loop from all others until the last
    private Uni<byte[]> inTurn() {
        Uni<byte[]> piece = Uni.createFrom().item(this::next);
        Context context = begun ? Vertx.currentContext() : null;
        return context == null ? piece : piece.runSubscriptionOn(step -> context.runOnContext(now -> step.run()));
    }

    // Not only where there are items: what stands around none is a piece too
    private byte[] next() {
        ByteArrayOutputStream piece = new ByteArrayOutputStream(USUAL);
        try {
            write(begun ? "" : frame.start(), piece);
            try (SequenceWriter values = json.writeValues(piece)) {
                while (items.hasNext() && piece.size() < FULL) {
                    values.write(body.apply(items.next()));
                }
            }
            begun = true;
            ended = !items.hasNext();
            write(ended ? frame.end() : frame.cut(), piece);
        } catch (IOException e) {
            throw new IllegalStateException("every answer can be written as JSON", e);
        }
        return piece.toByteArray();
    }

    private static void write(String text, ByteArrayOutputStream piece) throws IOException {
        piece.write(text.getBytes(StandardCharsets.UTF_8));
    }
}

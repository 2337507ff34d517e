package dev.roster.api;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
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

    // Of each event loop: whoever asks for the same at the same moment has the same items, and gets them one after the
    // other. What is larger than usual is not kept, and nothing where memory is wanted
    private static final ThreadLocal<Reference<Pieces<?>>> LAST = new ThreadLocal<>();

    private final ObjectWriter json;
    private final List<T> all;
    private final Iterator<T> items;
    private final Function<T, ?> body;
    private final Frame frame;
    // Where it was one piece
    private byte[] whole;
    private boolean begun;
    private boolean ended;

    private Pieces(ObjectWriter json, List<T> items, Function<T, ?> body, Frame frame) {
        this.json = json;
        all = items;
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

    private byte[] next() {
        if (begun) {
            return write();
        }
        Reference<Pieces<?>> known = LAST.get();
        Pieces<?> last = known == null ? null : known.get();
        if (last != null && isAs(last)) {
            ended = true;
            return last.whole;
        }
        byte[] piece = write();
        if (ended && piece.length <= FULL) {
            whole = piece;
            LAST.set(new SoftReference<>(this));
        }
        return piece;
    }

    /** The same objects, written in the same way: those of a list are never changed, and what writes them hangs on itself alone. */
    private boolean isAs(Pieces<?> last) {
        boolean isSame = json.equals(last.json)
                && body.equals(last.body)
                && frame.equals(last.frame)
                && all.size() == last.all.size();
        for (int i = 0; isSame && i < all.size(); i++) {
            isSame = isItself(all.get(i), last.all.get(i));
        }
        return isSame;
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isItself(Object item, Object other) {
        return item == other;
    }

    // Not only where there are items: what stands around none is a piece too
    private byte[] write() {
        ByteArrayOutputStream piece = new ByteArrayOutputStream(USUAL);
        try {
            write(begun ? "" : frame.start(), piece);
            try (SequenceWriter values =
                    json.withRootValueSeparator(frame.between()).writeValues(piece)) {
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

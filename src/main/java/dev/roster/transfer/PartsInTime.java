package dev.roster.transfer;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Has the parts of an answer made, and gives a sign of life where nothing has gone over the connection for long meanwhile:
 * proxies, and the service itself, take one that rests for lost. All of it happens on one event loop.
 */
final class PartsInTime {
    private final Context context = Vertx.currentContext();
    private final Supplier<Uni<ImportPart>> making;
    private final BooleanSupplier works;
    private final Connection connection;
    private UniEmitter<? super ImportPart> asking;
    private boolean isMaking;
    private Uni<ImportPart> made; // which nobody has asked for yet
    private long told = System.nanoTime();
    private long timer;

    /**
     * What the answer goes over.
     *
     * @param received when the client has sent something last, in nanoseconds
     * @param rest how long nothing may go over it
     */
    record Connection(LongSupplier received, Duration rest) {}

    /**
     * Those of one import.
     *
     * @param making makes the next part
     * @param works whether the client waits for that, and not the other way around
     */
    PartsInTime(Supplier<Uni<ImportPart>> making, BooleanSupplier works, Connection connection) {
        this.making = making;
        this.works = works;
        this.connection = connection;
    }

    /** The next part, or a sign of life: then what is made goes on, and is waited for by whoever asks once more. */
    Uni<ImportPart> next() {
        return Uni.createFrom().emitter(emitter -> {
            asking = emitter;
            if (made != null) {
                answer();
                return;
            }
            watch(left());
            emitter.onTermination(() -> leave(emitter));
            if (!isMaking) {
                isMaking = true;
                making.get()
                        .subscribe()
                        .with(
                                part -> end(Uni.createFrom().item(part)),
                                failure -> end(Uni.createFrom().failure(failure)));
            }
        });
    }

    private void leave(UniEmitter<? super ImportPart> emitter) {
        // Whoever was answered may ask once more before this is heard
        if (asking == emitter) {
            asked();
        }
    }

    private void watch(long nanoseconds) {
        // One may not wait for no time
        long milliseconds = Math.max(1, Duration.ofNanos(nanoseconds).toMillis());
        timer = context.owner().setTimer(milliseconds, over -> context.runOnContext(now -> look()));
    }

    private void look() {
        if (asking == null) {
            return;
        }
        if (!works.getAsBoolean()) {
            watch(connection.rest().toNanos());
        } else if (left() > 0) {
            watch(left());
        } else {
            tell(ImportPart.SIGN_OF_LIFE);
        }
    }

    private void end(Uni<ImportPart> part) {
        made = part;
        isMaking = false;
        if (asking != null) {
            answer();
        }
    }

    private void answer() {
        Uni<ImportPart> part = made;
        made = null;
        part.subscribe().with(this::tell, failure -> asked().fail(failure));
    }

    private void tell(ImportPart part) {
        boolean silent = part.tellsNothing() && left() > 0;
        if (!silent) {
            told = System.nanoTime();
        }
        asked().complete(part.tellsNothing() && !silent ? ImportPart.SIGN_OF_LIFE : part);
    }

    private UniEmitter<? super ImportPart> asked() {
        UniEmitter<? super ImportPart> emitter = asking;
        asking = null;
        context.owner().cancelTimer(timer);
        return emitter;
    }

    /** For how long the connection may still rest, in nanoseconds. */
    private long left() {
        long now = System.nanoTime();
        return connection.rest().toNanos()
                - Math.min(now - told, now - connection.received().getAsLong());
    }
}

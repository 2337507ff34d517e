package dev.roster.revocation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether one connection hears what others announce, found out by announcing a word through the
 * pool: a pooler between the two that lends connections out for a transaction answers every
 * question, and loses announcements.
 */
final class RevocationProbe {
    private static final String ANNOUNCE = "SELECT CAST(pg_notify($1, $2) AS text)";

    // Announcements take milliseconds; one that takes longer than this is as good as lost.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Pool others;
    private final String channel;
    private final Map<String, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();

    /** Announces through these connections, over a channel. */
    RevocationProbe(Pool others, String channel) {
        this.others = others;
        this.channel = channel;
    }

    /** The channel that the connection has to listen to. */
    String channel() {
        return channel;
    }

    /**
     * Announces a word and waits for it. Fails with {@link AnnouncementLostException} if it does
     * not come, and otherwise if it could not be announced, which says nothing of the connection.
     */
    Uni<Void> run() {
        return Uni.createFrom().deferred(() -> run(UUID.randomUUID().toString()));
    }

    /** A word was heard on the connection. */
    void hear(String word) {
        CompletableFuture<Void> heard = awaited.get(word);
        if (heard != null) {
            heard.complete(null);
        }
    }

    private Uni<Void> run(String word) {
        CompletableFuture<Void> heard = new CompletableFuture<>();
        awaited.put(word, heard);
        return others.preparedQuery(ANNOUNCE)
                .execute(Tuple.of(channel, word))
                .chain(() -> Uni.createFrom()
                        .completionStage(heard)
                        .ifNoItem()
                        .after(PATIENCE)
                        .failWith(AnnouncementLostException::new))
                .onTermination()
                .invoke(() -> awaited.remove(word));
    }
}

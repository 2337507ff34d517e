package dev.roster.platform.database;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many requests use the database at once, and how many wait for that. */
@ConfigMapping(prefix = "roster.db.pool")
public interface PoolSettings extends Checked {
    /** The longest that anything here waits. */
    Duration MOST = Duration.ofMinutes(10);

    /**
     * {@code ROSTER_DB_POOL_SIZE}: connections. Two replicas and two more in a rollout, with
     * twenty each and one to listen with, and the migrations fit into the hundred that PostgreSQL
     * allows by default; more of them than the database has cores several times over make nothing
     * faster.
     */
    @WithDefault("20")
    int size();

    /**
     * {@code ROSTER_DB_POOL_QUEUE}: requests that wait for a connection; further ones are answered
     * with 503 at once. Twenty connections with statements of 20 ms work off a thousand in a
     * second: who comes later would have waited for longer than {@link #timeout()}.
     */
    @WithDefault("1000")
    int queue();

    /**
     * {@code ROSTER_DB_POOL_TIMEOUT}: how long a request waits for a connection, and a connection
     * to be made. A client that waits longer than 1.5 s for a database is better served by a 503
     * and a retry.
     */
    @WithDefault("1.5S")
    Duration timeout();

    /**
     * {@code ROSTER_DB_POOL_SILENCE}: after how long without an answer a connection is given up. A
     * database whose machine is gone does not even refuse, and left to TCP its connections would be
     * in the pool for minutes. No statement of a request, its wait for a locked row included, takes
     * 10 s.
     */
    @WithDefault("10S")
    Duration silence();

    @Override
    default void check(Rules rules) {
        // Room for all of them is made at the start
        rules.requireBetween(1, size(), 10_000, "ROSTER_DB_POOL_SIZE");
        rules.require(queue() >= 0, "ROSTER_DB_POOL_QUEUE must not be negative");
        // Below the least, connections end before a busy database has answered; nobody waits longer
        // than the most for an answer.
        rules.requireBetween(Duration.ofMillis(100), timeout(), MOST, "ROSTER_DB_POOL_TIMEOUT");
        rules.requireBetween(Duration.ofSeconds(1), silence(), MOST, "ROSTER_DB_POOL_SILENCE");
    }

    /** The timeout in milliseconds. */
    default int timeoutMilliseconds() {
        return Math.toIntExact(timeout().toMillis());
    }

    /** The silence in milliseconds. */
    default int silenceMilliseconds() {
        return Math.toIntExact(silence().toMillis());
    }
}

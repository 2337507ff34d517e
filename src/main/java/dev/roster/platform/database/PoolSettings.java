package dev.roster.platform.database;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many requests use the database at once, and how many wait for that. */
@ConfigMapping(prefix = "roster.db.pool")
public interface PoolSettings {

    /**
     * {@code ROSTER_DB_POOL_SIZE}: connections. Three replicas and a fourth in a rollout, with
     * twenty each and one to listen with, and the migrations fit into the hundred that PostgreSQL
     * allows by default; more of them than the database has cores several times over make nothing
     * faster.
     */
    @WithDefault("20")
    int size();

    /**
     * {@code ROSTER_DB_POOL_QUEUE}: requests that wait for a connection; further ones are answered
     * with 503 at once. Twenty connections with statements of 20 ms work off a thousand in a
     * second: who comes later would have waited for more than the 1.5 s that a connection is waited
     * for.
     */
    @WithDefault("1000")
    int queue();

    /** The size, refused by the name of its variable where it is wrong. */
    default int checkedSize() {
        if (size() < 1) {
            throw new ConfigurationException("ROSTER_DB_POOL_SIZE must be at least 1");
        }
        return size();
    }

    /** The queue, refused by the name of its variable where it is wrong. */
    default int checkedQueue() {
        if (queue() < 0) {
            throw new ConfigurationException("ROSTER_DB_POOL_QUEUE must not be negative");
        }
        return queue();
    }
}

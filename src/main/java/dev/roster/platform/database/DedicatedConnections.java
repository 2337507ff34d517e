package dev.roster.platform.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens connections beside the pool: to the same servers, with the same credentials and TLS. */
@Singleton
public class DedicatedConnections {
    private final Vertx vertx;
    private final Pool pool;
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile List<PgConnectOptions> servers = List.of();

    DedicatedConnections(Vertx vertx, Pool pool) {
        this.vertx = vertx;
        this.pool = pool;
    }

    /** Remembers what the pool was configured with. */
    void configure(List<PgConnectOptions> poolServers) {
        servers = List.copyOf(poolServers);
    }

    /**
     * Opens a connection to the next server of the configuration.
     *
     * @param name how the connection is called in {@code pg_stat_activity}
     */
    public Uni<PgConnection> open(String name) {
        return Uni.createFrom().deferred(() -> PgConnection.connect(vertx, next(name)));
    }

    private PgConnectOptions next(String name) {
        if (servers.isEmpty()) {
            pool.size(); // the pool is made when it is first used
        }
        int server = Math.floorMod(attempts.getAndIncrement(), servers.size());
        return new PgConnectOptions(servers.get(server)).addProperty("application_name", name);
    }
}

package dev.roster.platform.database;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.impl.VertxInternal;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.Map;

/** Opens connections beside the pool: to the same servers, with the same credentials and TLS. */
@Singleton
public class DedicatedConnections {
    private final Vertx vertx;
    private final Pool pool;
    private volatile Servers servers;

    DedicatedConnections(Vertx vertx, Pool pool) {
        this.vertx = vertx;
        this.pool = pool;
    }

    /** Remembers what the pool was configured with. */
    void configure(Servers poolServers) {
        servers = poolServers;
    }

    /**
     * Opens a connection to the server that the pool uses.
     *
     * @param name how the connection is called in {@code pg_stat_activity}
     */
    public Uni<PgConnection> open(String name) {
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(connect(name)))
                .map(connection -> PgConnection.newInstance((io.vertx.pgclient.PgConnection) connection));
    }

    /** Tells that the server no longer does what it should, where that is not a failed statement of the pool. */
    public void doubt() {
        servers().doubt();
    }

    /** Whether the server in use takes writes, by all that is known. */
    boolean isWritable() {
        return servers().isWritable();
    }

    private Future<SqlConnection> connect(String name) {
        var context = ((VertxInternal) vertx.getDelegate()).getOrCreateContext();
        return servers().connect(context, Map.of("application_name", name));
    }

    private Servers servers() {
        if (servers == null) {
            pool.size(); // the pool is made when it is first used
        }
        return servers;
    }
}

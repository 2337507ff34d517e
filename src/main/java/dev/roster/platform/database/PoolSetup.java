package dev.roster.platform.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Sets what the configuration of the reactive pool does not reach. */
@Singleton
public class PoolSetup implements PgPoolCreator {
    // A client that waits longer than this for a database is better served by a 503 and a retry.
    private static final int TIMEOUT_MILLISECONDS = 1_500;

    // A database whose machine is gone does not even refuse: a connection on which nothing moves
    // for so long is dead, and left to TCP it would be in the pool for minutes. No statement of a
    // request, its wait for a locked row included, takes so long.
    private static final int SILENCE_MILLISECONDS = 10_000;

    // Connections without work are closed before they would be taken for dead.
    private static final int IDLE_MILLISECONDS = 5_000;

    private final DedicatedConnections dedicated;
    private final PoolSettings settings;
    private final String url;

    PoolSetup(
            DedicatedConnections dedicated,
            PoolSettings settings,
            @ConfigProperty(name = "roster.db.url") String url) {
        this.dedicated = dedicated;
        this.settings = settings;
        this.url = url;
    }

    @Override
    public Pool create(Input input) {
        input.poolOptions()
                .setMaxSize(settings.checkedSize())
                .setMaxWaitQueueSize(settings.checkedQueue())
                .setConnectionTimeout(TIMEOUT_MILLISECONDS)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(IDLE_MILLISECONDS)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        List<PgConnectOptions> servers = input.pgConnectOptionsList();
        for (PgConnectOptions server : servers) {
            ServerCertificate.check(server, url);
            server.setConnectTimeout(TIMEOUT_MILLISECONDS);
            server.setIdleTimeout(SILENCE_MILLISECONDS);
            server.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
            // A statement kept prepared gets one plan for all values. A search must be planned for
            // its own term.
            server.setPreparedStatementCacheSqlFilter(sql -> !sql.startsWith("/* search */"));
        }
        dedicated.configure(servers);
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(new ArrayList<SqlConnectOptions>(servers))
                .using(input.vertx())
                .build();
    }
}

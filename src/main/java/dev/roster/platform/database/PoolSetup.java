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
    private final DedicatedConnections dedicated;
    private final PoolSettings settings;
    private final String url;

    PoolSetup(
            DedicatedConnections dedicated, PoolSettings settings, @ConfigProperty(name = "roster.db.url") String url) {
        this.dedicated = dedicated;
        this.settings = settings;
        this.url = url;
    }

    @Override
    public Pool create(Input input) {
        int timeout = settings.checkedTimeout();
        int silence = settings.checkedSilence();
        input.poolOptions()
                .setMaxSize(settings.checkedSize())
                .setMaxWaitQueueSize(settings.checkedQueue())
                .setConnectionTimeout(timeout)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                // Without work they are closed before they would be taken for dead
                .setIdleTimeout(silence / 2)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        List<PgConnectOptions> servers = input.pgConnectOptionsList();
        for (PgConnectOptions server : servers) {
            ServerCertificate.check(server, url);
            server.setConnectTimeout(timeout);
            server.setIdleTimeout(silence);
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

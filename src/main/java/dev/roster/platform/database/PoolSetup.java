package dev.roster.platform.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Sets what the configuration of the reactive pool does not reach. */
@Singleton
public class PoolSetup implements PgPoolCreator {
    private final DedicatedConnections dedicated;
    private final PoolSettings settings;
    private final String url;
    private final MeterRegistry metrics;

    PoolSetup(
            DedicatedConnections dedicated,
            PoolSettings settings,
            @ConfigProperty(name = "roster.db.url") String url,
            MeterRegistry metrics) {
        this.dedicated = dedicated;
        this.settings = settings;
        this.url = url;
        this.metrics = metrics;
    }

    @Override
    public Pool create(Input input) {
        VertxInternal vertx = (VertxInternal) input.vertx();
        int timeout = settings.timeoutMilliseconds();
        int silence = settings.silenceMilliseconds();
        Turns turns = new Turns(settings.size(), settings.queue());
        input.poolOptions()
                .setMaxSize(settings.size())
                // Turns bound who waits, and for how long
                .setMaxWaitQueueSize(-1)
                .setConnectionTimeout(0)
                // Without work they are closed before they would be taken for dead
                .setIdleTimeout(silence / 2)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        CloseFuture end = new CloseFuture();
        Servers servers = servers(vertx, input.pgConnectOptionsList().get(0), timeout, end);
        dedicated.configure(servers);
        measure(turns, servers);
        return new DatabasePool(
                vertx, input.poolOptions(), servers, turns, settings, metrics.timer("roster.db.pool.wait"), end);
    }

    private Servers servers(VertxInternal vertx, PgConnectOptions first, int timeout, CloseFuture end) {
        ServerCertificate.check(first, url);
        ServerOptions.set(first, settings);
        List<PgConnectOptions> each = DatabaseAddress.servers(url).stream()
                .map(PgConnectOptions::fromUri)
                .map(server ->
                        new PgConnectOptions(first).setHost(server.getHost()).setPort(server.getPort()))
                .toList();
        PgConnectionFactory factory = new PgConnectionFactory(vertx, () -> Future.succeededFuture(first));
        end.add(factory);
        return new Servers(vertx, each, factory, timeout);
    }

    private void measure(Turns turns, Servers servers) {
        Gauge.builder("roster.db.pool.active", turns, Turns::taken)
                .description("Connections in use")
                .register(metrics);
        Gauge.builder("roster.db.pool.waiting", turns, Turns::waiting)
                .description("Requests that wait for a connection")
                .register(metrics);
        Gauge.builder("roster.db.writable", servers, known -> known.isWriterFound() ? 1 : 0)
                .description("Whether a server is there that takes writes, 1 or 0")
                .register(metrics);
    }
}

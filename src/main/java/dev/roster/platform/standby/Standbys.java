package dev.roster.platform.standby;

import dev.roster.platform.database.PoolSettings;
import dev.roster.platform.database.ServerOptions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The standbys that lists are read from, each with connections of its own, as many as there are to the database itself. */
@Startup
@Singleton
public class Standbys {
    private final List<Standby> all;
    private final AtomicInteger turn = new AtomicInteger();

    Standbys(
            StandbySettings settings,
            PoolSettings limits,
            Vertx vertx,
            @ConfigProperty(name = "roster.db.username") Optional<String> username,
            @ConfigProperty(name = "roster.db.password") Optional<String> password) {
        all = settings.address().stream()
                .flatMap(url -> ServerOptions.each(url, username.orElse(""), password.orElse(""), limits).stream())
                .map(server -> standby(server, limits, vertx))
                .toList();
    }

    private static Standby standby(SqlConnectOptions server, PoolSettings limits, Vertx vertx) {
        Duration kept = Duration.ofMillis(limits.silenceMilliseconds() / 2);
        PoolOptions options = new PoolOptions()
                .setMaxSize(limits.size())
                .setMaxWaitQueueSize(limits.queue())
                .setConnectionTimeout(limits.timeoutMilliseconds())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(kept.toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        Pool pool = Pool.newInstance(PgBuilder.pool()
                .with(options)
                .connectingTo(server)
                .using(vertx.getDelegate())
                .build());
        return new Standby(server.getHost() + ":" + server.getPort(), pool, limits.size(), kept);
    }

    List<Standby> all() {
        return all;
    }

    /** One that answers, each in its turn; empty where none does. */
    Optional<Standby> next() {
        int first = turn.getAndIncrement();
        return IntStream.range(0, all.size())
                .mapToObj(i -> all.get(Math.floorMod(first + i, all.size())))
                .filter(Standby::isAvailable)
                .findFirst();
    }

    /** Whether one does. */
    boolean answer() {
        return all.stream().anyMatch(Standby::isAvailable);
    }

    void onStop(@Observes ShutdownEvent stop) {
        all.forEach(Standby::close);
    }
}

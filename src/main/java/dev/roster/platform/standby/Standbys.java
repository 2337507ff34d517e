package dev.roster.platform.standby;

import dev.roster.platform.database.PoolSettings;
import dev.roster.platform.database.ServerOptions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.PoolOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The connections to the standbys, as many as to the database itself and spread over all of them. */
@Startup // so that wrong settings stop the start
@Singleton
public class Standbys {
    private final Optional<Pool> pool;

    Standbys(
            StandbySettings settings,
            PoolSettings limits,
            Vertx vertx,
            @ConfigProperty(name = "roster.db.username") Optional<String> username,
            @ConfigProperty(name = "roster.db.password") Optional<String> password) {
        settings.checkedPatience();
        pool = settings.checkedUrl()
                .map(url -> Pool.newInstance(PgBuilder.pool()
                        .with(new PoolOptions()
                                .setMaxSize(limits.checkedSize())
                                .setMaxWaitQueueSize(limits.checkedQueue())
                                .setConnectionTimeout(limits.checkedTimeout())
                                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                                .setIdleTimeout(limits.checkedSilence() / 2)
                                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS))
                        .connectingTo(ServerOptions.each(url, username.orElse(""), password.orElse(""), limits))
                        .using(vertx.getDelegate())
                        .build()));
    }

    /** Empty where there are none. */
    Optional<Pool> pool() {
        return pool;
    }

    void onStop(@Observes ShutdownEvent stop) {
        pool.ifPresent(Pool::closeAndForget);
    }
}

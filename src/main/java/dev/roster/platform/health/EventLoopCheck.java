package dev.roster.platform.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while an event loop takes work. The database is none of its business. */
@Liveness
@Singleton
public class EventLoopCheck implements AsyncHealthCheck {
    /**
     * Work on an event loop takes milliseconds, and the longest collection of garbage is far below;
     * probes must wait longer, or they never hear the answer.
     */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Vertx vertx;

    EventLoopCheck(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .<Boolean>emitter(turn -> vertx.runOnContext(taken -> turn.complete(true)))
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(false)
                .map(up -> HealthCheckResponse.named("event loop").status(up).build());
    }
}

package dev.roster.platform.background;

import io.quarkus.arc.All;
import io.quarkus.arc.ClientProxy;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Starts all periodic work, as long as the service runs. */
@ApplicationScoped
class BackgroundWork {
    private static final Logger LOG = Logger.getLogger(BackgroundWork.class);

    private final List<PeriodicWork> works;
    private final Vertx vertx;
    private final List<Long> timers = new ArrayList<>();

    BackgroundWork(@All List<PeriodicWork> works, Vertx vertx) {
        this.works = works;
        this.vertx = vertx;
    }

    void onStart(@Observes StartupEvent start) {
        for (PeriodicWork work : works) {
            AtomicBoolean running = new AtomicBoolean();
            timers.add(
                    vertx.setPeriodic(
                            work.first().toMillis(),
                            work.every().toMillis(),
                            tick -> run(work, running)));
        }
    }

    void onStop(@Observes ShutdownEvent stop) {
        timers.forEach(vertx::cancelTimer);
    }

    private static void run(PeriodicWork work, AtomicBoolean running) {
        if (running.compareAndSet(false, true)) {
            Uni.createFrom()
                    .deferred(work::run)
                    .onTermination()
                    .invoke(() -> running.set(false))
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debugf(failure, "%s failed", name(work)));
        }
    }

    private static String name(PeriodicWork work) {
        return ClientProxy.unwrap(work).getClass().getSimpleName();
    }
}

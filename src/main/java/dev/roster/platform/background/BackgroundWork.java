package dev.roster.platform.background;

import dev.roster.platform.database.Migrations;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Starts all periodic work, as long as the service runs.
 */
@ApplicationScoped
@Startup
class BackgroundWork {
    private final List<Job> jobs;
    private final Vertx vertx;
    private final List<Long> timers = new ArrayList<>();

    BackgroundWork(@All List<PeriodicWork> works, Vertx vertx, MeterRegistry metrics) {
        this.jobs = works.stream().map(work -> Job.of(work, metrics)).toList();
        this.vertx = vertx;
    }

    void onStart(@Observes @Priority(Migrations.READY) StartupEvent start) {
        for (Job job : jobs) {
            timers.add(vertx.setPeriodic(
                    job.work.first().toMillis(), job.work.every().toMillis(), tick -> job.run()));
        }
    }

    void onStop(@Observes ShutdownEvent stop) {
        timers.forEach(vertx::cancelTimer);
    }

    private record Job(PeriodicWork work, WorkState state, AtomicBoolean running) {

        static Job of(PeriodicWork work, MeterRegistry metrics) {
            return new Job(work, new WorkState(work.name(), metrics), new AtomicBoolean());
        }

        void run() {
            if (running.compareAndSet(false, true)) {
                Uni.createFrom()
                        .deferred(work::run)
                        .onTermination()
                        .invoke(() -> running.set(false))
                        .subscribe()
                        .with(done -> state.succeed(), state::fail);
            }
        }
    }
}

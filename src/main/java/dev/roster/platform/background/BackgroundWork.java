package dev.roster.platform.background;

import dev.roster.platform.database.Migrations;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.arc.ClientProxy;
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
import org.jboss.logging.Logger;

/**
 * Starts all periodic work, as long as the service runs. What fails is counted, and the log tells
 * when work begins to fail and when it succeeds again.
 */
@ApplicationScoped
@Startup
class BackgroundWork {
    private static final Logger LOG = Logger.getLogger(BackgroundWork.class);

    private final List<Job> jobs;
    private final Vertx vertx;
    private final List<Long> timers = new ArrayList<>();

    BackgroundWork(@All List<PeriodicWork> works, Vertx vertx, MeterRegistry metrics) {
        this.jobs = works.stream().map(work -> Job.of(work, metrics)).toList();
        this.vertx = vertx;
    }

    void onStart(@Observes @Priority(Migrations.DONE) StartupEvent start) {
        for (Job job : jobs) {
            timers.add(vertx.setPeriodic(
                    job.work.first().toMillis(), job.work.every().toMillis(), tick -> job.run()));
        }
    }

    void onStop(@Observes ShutdownEvent stop) {
        timers.forEach(vertx::cancelTimer);
    }

    private record Job(PeriodicWork work, String name, Counter failures, AtomicBoolean running, AtomicBoolean failing) {

        static Job of(PeriodicWork work, MeterRegistry metrics) {
            String name = ClientProxy.unwrap(work).getClass().getSimpleName();
            Counter failures = metrics.counter("roster.background.failures", "work", name);
            return new Job(work, name, failures, new AtomicBoolean(), new AtomicBoolean());
        }

        void run() {
            if (running.compareAndSet(false, true)) {
                Uni.createFrom()
                        .deferred(work::run)
                        .onTermination()
                        .invoke(() -> running.set(false))
                        .subscribe()
                        .with(done -> succeed(), this::fail);
            }
        }

        private void succeed() {
            if (failing.compareAndSet(true, false)) {
                LOG.infof("%s succeeds again", name);
            }
        }

        private void fail(Throwable failure) {
            failures.increment();
            // A message of the database may show values of a row, which a log must not
            if (failing.compareAndSet(false, true)) {
                LOG.warnf(
                        "%s fails (%s), and is tried again",
                        name, failure.getClass().getName());
            }
            LOG.debugf(failure, "%s failed", name);
        }
    }
}

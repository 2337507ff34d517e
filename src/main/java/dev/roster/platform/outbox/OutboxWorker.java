package dev.roster.platform.outbox;

import dev.roster.platform.background.WorkState;
import dev.roster.platform.database.Migrations;
import dev.roster.platform.outbox.OutboxRows.Delivery;
import dev.roster.platform.persistence.Steps;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Sends what is in the outbox, on every replica, until all of it is sent. */
@ApplicationScoped
@Startup
public class OutboxWorker {
    private static final Logger LOG = Logger.getLogger(OutboxWorker.class);

    // All of a batch is sent at once, within one lease: as many as a mail server takes from one
    // sender without complaint.
    private static final int BATCH = 10;

    private final OutboxRows rows;
    private final Map<String, OutboxTopic> topics;
    private final OutboxSettings settings;
    private final Context context;
    private final WorkState state;
    private final AtomicBoolean working = new AtomicBoolean();
    private final AtomicBoolean more = new AtomicBoolean();
    private volatile boolean stopped;

    OutboxWorker(
            OutboxRows rows,
            @All List<OutboxTopic> topics,
            OutboxSettings settings,
            MeterRegistry metrics,
            Vertx vertx) {
        state = new WorkState("OutboxWorker", metrics);
        this.rows = rows;
        this.topics = topics.stream().collect(Collectors.toMap(OutboxTopic::topic, Function.identity()));
        this.settings = settings;
        context = vertx.getOrCreateContext();
    }

    void onStart(@Observes @Priority(Migrations.READY) StartupEvent start, Vertx vertx) {
        vertx.setPeriodic(settings.poll().toMillis(), timer -> wake());
        wake();
    }

    void onStop(@Observes ShutdownEvent stop) {
        stopped = true;
    }

    /** Works through what is due, in the background. */
    void wake() {
        more.set(true);
        // Away from the context of a request, whose transaction must not follow.
        context.runOnContext(ignored -> work());
    }

    private void work() {
        if (stopped || !working.compareAndSet(false, true)) {
            return;
        }
        more.set(false);
        Uni.createFrom()
                .deferred(this::sendAll)
                .subscribe()
                .with(
                        done -> {
                            state.succeed();
                            rest();
                        },
                        failure -> {
                            state.fail(failure);
                            more.set(false);
                            rest();
                        });
    }

    private void rest() {
        working.set(false);
        if (more.get()) {
            work();
        }
    }

    private Uni<Void> sendAll() {
        return Steps.whilst(() -> rows.take(topics.keySet(), BATCH, settings.lease())
                .call(this::sendBatch)
                .map(taken -> taken.size() == BATCH && !stopped));
    }

    private Uni<Void> sendBatch(List<Delivery> batch) {
        return Multi.createFrom()
                .iterable(batch)
                .onItem()
                .transformToUni(this::send)
                .merge(BATCH)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> send(Delivery delivery) {
        return Uni.createFrom()
                .deferred(() -> topics.get(delivery.topic()).send(delivery.message()))
                .chain(sent -> sent ? rows.sent(delivery.message()) : rows.forget(delivery.message()))
                // Another replica takes it then; and the rest of the outbox must not wait for it.
                .ifNoItem()
                .after(settings.lease())
                .fail()
                .emitOn(command -> context.runOnContext(back -> command.run()))
                .onFailure()
                .recoverWithUni(failure -> putOff(delivery, failure));
    }

    private Uni<Void> putOff(Delivery delivery, Throwable failure) {
        if (failure instanceof Undeliverable || delivery.age().compareTo(settings.giveUp()) > 0) {
            return giveUp(delivery, failure);
        }
        Duration wait = settings.waitAfter(delivery.number());
        // What a mail server says may hold an address, which must not be in the log.
        LOG.warnf(
                "Message %s was not sent at attempt %d (%s), next one in %s",
                delivery.message().id(), delivery.number(), failure.getClass().getName(), wait);
        LOG.debug("Not sent", failure);
        return rows.failed(delivery, wait);
    }

    private Uni<Void> giveUp(Delivery delivery, Throwable failure) {
        OutboxMessage message = delivery.message();
        LOG.warnf(
                "Message %s was not sent at attempt %d (%s) and is given up",
                message.id(), delivery.number(), failure.getClass().getName());
        LOG.debug("Not sent", failure);
        return topics.get(delivery.topic())
                .givenUp(message)
                .chain(() -> rows.givenUp(message))
                .onFailure() // of the database: another replica tries again after the lease
                .recoverWithNull()
                .replaceWithVoid();
    }
}

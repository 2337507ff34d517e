package dev.roster.platform.outbox;

import dev.roster.platform.background.WorkState;
import dev.roster.platform.database.Migrations;
import dev.roster.platform.outbox.OutboxRows.Delivery;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Sends what is in the outbox, on every replica, until all of it is sent. */
@ApplicationScoped
@Startup
public class OutboxWorker {
    private static final Logger LOG = Logger.getLogger(OutboxWorker.class);

    // As many as a mail server takes from one sender without complaint
    private static final int AT_ONCE = 10;

    // What has rested for long, with its organization or in a back-up, is not lost for a minute without the relay
    private static final int FEWEST_ATTEMPTS = 5;

    private final OutboxRows rows;
    private final Map<String, OutboxTopic> topics;
    private final OutboxSettings settings;
    private final Context context;
    private final WorkState state;
    private volatile boolean stopped;

    // Of the context alone
    private int underway;
    private boolean isTaking;
    private boolean mayBeMore;
    private boolean isFailing;

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
        // Away from the context of a request, whose transaction must not follow.
        context.runOnContext(ignored -> {
            mayBeMore = true;
            take(1);
        });
    }

    /**
     * Takes as many as there are places: one that the mail server says nothing about keeps its own, and nobody waiting.
     *
     * @param least how many places must be free
     */
    private void take(int least) {
        int free = AT_ONCE - underway;
        if (stopped || isTaking || !mayBeMore || free < least) {
            return;
        }
        isTaking = true;
        mayBeMore = false;
        Uni.createFrom()
                .deferred(() -> rows.take(topics.keySet(), free, settings.lease()))
                .emitOn(this::onContext)
                .onTermination()
                .invoke(() -> isTaking = false)
                .subscribe()
                .with(
                        taken -> {
                            state.succeed();
                            isFailing = false;
                            mayBeMore |= taken.size() == free;
                            underway += taken.size();
                            taken.forEach(this::begin);
                            take(1);
                        },
                        state::fail);
    }

    private void begin(Delivery delivery) {
        send(delivery)
                .emitOn(this::onContext)
                .onTermination()
                .invoke(() -> underway--)
                .subscribe()
                // Not each of many is looked for by itself
                .with(sent -> take(AT_ONCE / 2), this::fail);
    }

    /** Where the database takes no note of them, that is one failure, and not one for each of those that are under way. */
    private void fail(Throwable failure) {
        if (!isFailing) {
            isFailing = true;
            state.fail(failure);
        }
    }

    private void onContext(Runnable command) {
        context.runOnContext(ignored -> command.run());
    }

    private Uni<Void> send(Delivery delivery) {
        return Uni.createFrom()
                .deferred(() -> topics.get(delivery.topic()).send(delivery.message()))
                .chain(sent -> sent ? rows.sent(delivery.message()) : rows.forget(delivery.message()))
                // Another replica takes it then; and the rest of the outbox must not wait for it.
                .ifNoItem()
                .after(settings.lease())
                .fail()
                .emitOn(this::onContext)
                .onFailure()
                .recoverWithUni(failure -> putOff(delivery, failure));
    }

    private Uni<Void> putOff(Delivery delivery, Throwable failure) {
        boolean late = delivery.age().compareTo(settings.giveUp()) > 0 && delivery.number() >= FEWEST_ATTEMPTS;
        if (failure instanceof Undeliverable || late) {
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

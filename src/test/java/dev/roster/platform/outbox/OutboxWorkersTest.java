package dev.roster.platform.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.testing.AwayPool;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.TestOrganization;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several replicas that work through one outbox. */
@QuarkusTest
class OutboxWorkersTest {
    private static final int MANY = 100;

    private final TestOrganization organization = TestOrganization.create();
    private final String topic = "test-" + UUID.randomUUID();
    private final ConcurrentLinkedQueue<UUID> sent = new ConcurrentLinkedQueue<>();

    @Inject
    OutboxRows rows;

    @Inject
    OutboxSettings settings;

    @Inject
    Vertx vertx;

    @Inject
    Pool pool;

    @Inject
    Clock clock;

    private final MeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void eachMessageIsSentOnce() {
        IntStream.range(0, MANY).forEach(i -> add());
        List<OutboxWorker> workers =
                IntStream.range(0, 4).mapToObj(i -> worker()).toList();
        workers.forEach(OutboxWorker::wake);
        Eventually.holds(() -> unsent() == 0);
        assertEquals(MANY, sent.size());
        assertEquals(MANY, sent.stream().distinct().count());
    }

    /** No round comes here that would find it. */
    @Test
    void whatIsAddedLeavesWithItsTransaction() throws Throwable {
        Outbox outbox = new Outbox(worker(), clock);
        VertxContextSupport.subscribeAndAwait(
                () -> UnitOfWork.transaction(() -> outbox.add(organization.id(), topic, Map.of())));
        Eventually.holds(() -> unsent() == 0);
        assertEquals(1, sent.size());
    }

    @Test
    void whenNothingIsSentThenNothingIsKept() {
        add();
        OutboxTopic idle = topic(topic, message -> Uni.createFrom().item(false));
        new OutboxWorker(rows, List.of(idle), settings, metrics, vertx).wake();
        Eventually.equal(
                0L, () -> Database.value("SELECT count(*) FROM outbox WHERE organization_id = ?", organization.id()));
    }

    @Test
    void unknownTopicsWaitForAReplicaThatKnowsThem() {
        add();
        OutboxTopic other = topic("other-" + UUID.randomUUID());
        new OutboxWorker(rows, List.of(other), settings, metrics, vertx).wake();
        worker().wake();
        Eventually.holds(() -> unsent() == 0);
        assertEquals(1, sent.size());
    }

    /** As where a relay takes a connection and says nothing, for half a minute. */
    @Test
    void whenSomeTakeLongThenTheOthersAreSentMeanwhile() {
        IntStream.range(0, MANY).forEach(i -> add());
        Queue<UniEmitter<? super Boolean>> waiting = new ConcurrentLinkedQueue<>();
        OutboxTopic slow = topic(
                topic,
                message -> sent.add(message.id()) && sent.size() % 17 == 1
                        ? Uni.createFrom().<Boolean>emitter(waiting::add)
                        : Uni.createFrom().item(true));
        OutboxWorker worker = new OutboxWorker(rows, List.of(slow), settings, metrics, vertx);
        Eventually.holds(() -> {
            worker.wake();
            return unsent() == 6;
        });
        assertEquals(MANY, sent.stream().distinct().count());
        waiting.forEach(one -> one.complete(true));
        Eventually.holds(() -> unsent() == 0);
        assertEquals(MANY, sent.size());
    }

    @Test
    void anAttemptWithoutAnEndIsOverWithItsLease() {
        add();
        // Of the first attempt only: the next may take its time to be noted
        OutboxSettings impatient =
                new Impatient(settings, () -> sent.isEmpty() ? Duration.ofMillis(300) : settings.lease());
        OutboxTopic silent = topic(
                topic,
                message -> sent.add(message.id()) && sent.size() == 1
                        ? Uni.createFrom().nothing()
                        : Uni.createFrom().item(true));
        OutboxWorker worker = new OutboxWorker(rows, List.of(silent), impatient, metrics, vertx);
        worker.wake();
        Eventually.holds(() -> {
            worker.wake();
            return unsent() == 0;
        });
        assertEquals(2, sent.size());
    }

    /** Nobody waits for it: a round that fails is counted, and the next one goes on. */
    @Test
    void whenTheDatabaseIsAwayThenCountedAndTheNextRoundSends() {
        add();
        AtomicBoolean away = new AtomicBoolean(true);
        OutboxRows through = new OutboxRows(AwayPool.of(pool, away), clock);
        OutboxWorker worker = new OutboxWorker(through, List.of(topic(topic)), settings, metrics, vertx);
        worker.wake();
        Eventually.holds(() -> failures() == 1);
        away.set(false);
        worker.wake();
        Eventually.holds(() -> unsent() == 0);
        assertEquals(1, sent.size());
        assertEquals(1, failures());
    }

    private double failures() {
        return metrics.get("roster.background.failures")
                .tag("work", "OutboxWorker")
                .counter()
                .count();
    }

    /** The settings of the service but for the times that a test cannot wait for. */
    private record Impatient(OutboxSettings others, Supplier<Duration> leases) implements OutboxSettings {
        @Override
        public Duration lease() {
            return leases.get();
        }

        @Override
        public Duration poll() {
            return others.poll();
        }

        @Override
        public Duration firstWait() {
            return Duration.ofMillis(100);
        }

        @Override
        public Duration longestWait() {
            return others.longestWait();
        }

        @Override
        public Duration giveUp() {
            return others.giveUp();
        }
    }

    @Test
    void waitsDoubleUpToTheLongest() {
        assertEquals(settings.firstWait(), settings.waitAfter(1));
        assertEquals(settings.firstWait().multipliedBy(4), settings.waitAfter(3));
        assertEquals(Duration.ofHours(1), settings.waitAfter(1_000));
    }

    private OutboxWorker worker() {
        return new OutboxWorker(rows, List.of(topic(topic)), settings, metrics, vertx);
    }

    private OutboxTopic topic(String name) {
        return topic(name, message -> {
            sent.add(message.id());
            return Uni.createFrom().item(true);
        });
    }

    private static OutboxTopic topic(String name, Function<OutboxMessage, Uni<Boolean>> sending) {
        return new OutboxTopic() {
            @Override
            public String topic() {
                return name;
            }

            @Override
            public Uni<Boolean> send(OutboxMessage message) {
                return sending.apply(message);
            }
        };
    }

    private void add() {
        Database.execute(
                "INSERT INTO outbox (organization_id, id, topic, payload, next_attempt_at, created_at)"
                        + " VALUES (?, gen_random_uuid(), ?, '{}', now() - interval '1 second', now())",
                organization.id(),
                topic);
    }

    private long unsent() {
        return (long) Database.value(
                "SELECT count(*) FROM outbox WHERE organization_id = ? AND sent_at IS NULL", organization.id());
    }
}

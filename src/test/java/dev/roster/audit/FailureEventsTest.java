package dev.roster.audit;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.caller.Role;
import dev.roster.testing.AwayPool;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Failures to prove who one is: told, without what was tried, and never too many. */
@QuarkusTest
class FailureEventsTest {
    private static final String WRONG = "not the right password";

    private final TestOrganization organization = TestOrganization.create();

    @Inject
    AuditLog audit;

    @Inject
    Pool pool;

    @Inject
    Clock clock;

    @Test
    void whenSecretIsWrongThenRecordedWithoutIt() {
        TestClient client = organization.client(Role.MEMBER);
        TestClient.grant(client.clientId(), WRONG).then().statusCode(401);
        JsonObject event = only();
        assertEquals("client.failed", event.getString("type"));
        assertEquals("anonymous", event.getString("actor_kind"));
        assertEquals(client.userId().toString(), event.getString("target_id"));
        assertEquals("member", event.getString("target_name"));
        assertEquals("127.0.0.1", event.getString("ip_address"));
        assertEquals(
                new JsonObject().put("client_id", client.clientId()).put("reason", "wrong_secret"),
                event.getJsonObject("details"));
        assertFalse(event.encode().contains(WRONG));
    }

    @Test
    void whenClientMayNotThenTheReasonIsToldToReadersOnly() {
        TestClient client = organization.client(Role.MEMBER);
        Database.execute("UPDATE clients SET revoked_at = now() WHERE id = ?", client.id());
        client.grant().then().statusCode(401);
        assertEquals("revoked", only().getJsonObject("details").getString("reason"));
    }

    @Test
    void whenApiKeyIsNoneOrNoMoreThenRecordedOnItsAccountWithoutIt() {
        TestClient client = organization.client(Role.MEMBER);
        String token = client.token();
        String key = TestClient.key(token);
        given().header("Authorization", "Bearer " + token)
                .delete("/api/v1/api-keys/"
                        + Database.value("SELECT id FROM api_keys WHERE user_id = ?", client.userId()))
                .then()
                .statusCode(204);
        for (String wrong : List.of(key, token, key.substring(0, key.length() - 4) + "AAAA")) {
            given().formParam("password", wrong).post("/auth/login").then().statusCode(401);
        }
        List<JsonObject> failed = RecordedEvents.of(organization.id()).stream()
                .filter(event -> event.getString("type").equals("client.failed"))
                .toList();
        assertEquals(
                List.of("revoked", "no_api_key"),
                failed.stream()
                        .map(event -> event.getJsonObject("details").getString("reason"))
                        .toList());
        failed.forEach(event -> {
            assertEquals("anonymous", event.getString("actor_kind"));
            assertEquals(client.userId().toString(), event.getString("target_id"));
        });
        assertFalse(failed.toString().contains(key));
    }

    @Test
    void whenPasswordIsWrongThenRecordedOnItsAccount() {
        TestClient member = organization.client(Role.MEMBER);
        given().header("Authorization", "Bearer " + organization.token(Role.ADMIN))
                .contentType("application/json")
                .body("{\"password\":\"correct horse battery staple\"}")
                .patch("/users/" + member.userId())
                .then()
                .statusCode(200);
        signIn("member");
        List<JsonObject> events = RecordedEvents.of(organization.id());
        JsonObject event = events.get(events.size() - 1);
        assertEquals("sign_in.failed", event.getString("type"));
        assertEquals(member.userId().toString(), event.getString("target_id"));
        assertEquals("wrong_password", event.getJsonObject("details").getString("reason"));
        assertFalse(event.encode().contains(WRONG));
    }

    @Test
    void whenNoAccountHasTheNameThenTheNameIsNotTold() {
        signIn("perhaps-a-password");
        JsonObject event = only();
        assertEquals("no_account", event.getJsonObject("details").getString("reason"));
        assertFalse(event.containsKey("target_id"));
        assertFalse(event.encode().contains("perhaps-a-password"));
    }

    @Test
    void whenThereAreManyThenSomeAreRecordedAndTheOthersCounted() throws Throwable {
        AtomicReference<Instant> time = new AtomicReference<>(clock.instant());
        InstantSource now = time::get;
        FailureEvents events = new FailureEvents(audit, new SimpleMeterRegistry(), now.withZone(ZoneOffset.UTC));
        UUID victim = UUID.randomUUID();
        add(events, victim, 100);
        assertEquals(10, RecordedEvents.of(organization.id()).size());
        // One account that is guessed at leaves room for the others
        add(events, UUID.randomUUID(), 1);
        assertEquals(90, lastOmitted());
        time.set(time.get().plusSeconds(61));
        for (int account = 0; account < 100; account++) {
            add(events, UUID.randomUUID(), 1);
        }
        int recorded = RecordedEvents.of(organization.id()).size() - 11;
        // All are from one address, which is none here
        assertEquals(20, recorded);
        VertxContextSupport.subscribeAndAwait(events::run);
        assertEquals(100 - recorded, lastOmitted());
        VertxContextSupport.subscribeAndAwait(events::run);
        assertEquals(recorded + 12, RecordedEvents.of(organization.id()).size());
    }

    @Test
    void whenTheDatabaseIsAwayThenTheyAreCountedUntilItIsBack() throws Throwable {
        AtomicBoolean away = new AtomicBoolean(true);
        FailureEvents events =
                new FailureEvents(new AuditLog(AwayPool.of(pool, away), clock), new SimpleMeterRegistry(), clock);
        add(events, UUID.randomUUID(), 3);
        // A run that fails is told by the metric of all background work
        assertThrows(IllegalStateException.class, () -> VertxContextSupport.subscribeAndAwait(events::run));
        away.set(false);
        VertxContextSupport.subscribeAndAwait(events::run);
        assertEquals(3, lastOmitted());
    }

    /** As where the server of one of them is away. */
    @Test
    void whenOneOrganizationCannotBeToldThenTheOtherIsAllTheSame() throws Throwable {
        List<TestOrganization> both = List.of(organization, TestOrganization.create());
        AtomicInteger toFail = new AtomicInteger(2);
        Pool failing = AwayPool.of(pool, () -> toFail.getAndDecrement() > 0);
        FailureEvents events = new FailureEvents(new AuditLog(failing, clock), new SimpleMeterRegistry(), clock);
        for (TestOrganization each : both) {
            AuditEvent failure = AuditEvent.of(each.id(), AuditType.SIGN_IN_FAILED);
            VertxContextSupport.subscribeAndAwait(() -> events.add(failure));
        }
        toFail.set(1);
        assertThrows(IllegalStateException.class, () -> VertxContextSupport.subscribeAndAwait(events::run));
        assertEquals(1, recorded(both));
        VertxContextSupport.subscribeAndAwait(events::run);
        assertEquals(2, recorded(both));
    }

    private static int recorded(List<TestOrganization> organizations) {
        return organizations.stream()
                .mapToInt(each -> RecordedEvents.of(each.id()).size())
                .sum();
    }

    private void add(FailureEvents events, UUID account, int times) throws Throwable {
        for (int i = 0; i < times; i++) {
            AuditEvent failure =
                    AuditEvent.of(organization.id(), AuditType.SIGN_IN_FAILED).onAccount(account);
            VertxContextSupport.subscribeAndAwait(() -> events.add(failure));
        }
    }

    private int lastOmitted() {
        return RecordedEvents.of(organization.id()).stream()
                .filter(event -> event.containsKey("details"))
                .map(event -> event.getJsonObject("details").getInteger("omitted"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private void signIn(String name) {
        organization.signIn(name, WRONG).then().statusCode(401);
    }

    private JsonObject only() {
        List<JsonObject> events = RecordedEvents.of(organization.id());
        assertEquals(1, events.size(), events::toString);
        return events.get(0);
    }
}

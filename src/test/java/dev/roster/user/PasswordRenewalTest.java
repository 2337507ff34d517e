package dev.roster.user;

import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Passwords that were hashed when that cost less. */
@QuarkusTest
class PasswordRenewalTest {
    private static final String PRESENT = "$argon2id$v=19$m=19456,t=2,p=1$";

    @Inject
    Passwords passwords;

    @Inject
    Pool database;

    @Inject
    Vertx vertx;

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final TestOrganization organization = TestOrganization.create();
    private final UUID mia = TestRows.person(organization, "mia", Role.MEMBER);

    @Test
    void whenSignedInThenHashedAnewAndNothingElseChanges() {
        String cheap = new Argon2id(PasswordsTest.cost(7, 5)).hash("correct horse");
        Database.execute("UPDATE users SET password_hash = ? WHERE id = ?", cheap, mia);
        signIn("wrong").then().statusCode(401);
        assertEquals(cheap, hash());
        String token = signIn("correct horse").then().statusCode(200).extract().path("access_token");
        String renewed = hash();
        assertEquals(PRESENT, renewed.substring(0, PRESENT.length()));
        given().auth().oauth2(token).get("/users/me").then().statusCode(200);
        assertEquals(0, Database.value("SELECT version FROM users WHERE id = ?", mia));
        signIn("correct horse").then().statusCode(200);
        assertEquals(renewed, hash());
    }

    /** Before the first has hashed it anew the second reads it, and after that it asks for its session. */
    @Test
    void whenSignedInTwiceAtOnceThenBothGetAToken() throws Exception {
        Database.execute(
                "UPDATE users SET password_hash = ? WHERE id = ?", argon2id().hash("correct horse"), mia);
        signIn("correct horse").then().statusCode(200);
        String cheap = new Argon2id(PasswordsTest.cost(7, 5)).hash("correct horse");
        Database.execute("UPDATE users SET password_hash = ? WHERE id = ?", cheap, mia);
        CompletableFuture<Response> first;
        CompletableFuture<Response> second;
        TableLock account;
        try (TableLock networks = TableLock.ofRows("known_networks", organization.id())) {
            first = CompletableFuture.supplyAsync(() -> signIn("correct horse"));
            networks.awaitWaiting(1);
            account = TableLock.ofRow("users", mia);
        }
        try (account) {
            account.awaitWaiting(1);
            second = CompletableFuture.supplyAsync(() -> signIn("correct horse"));
            account.awaitWaiting(2);
        }
        for (Response answer : List.of(first.join(), second.join())) {
            assertAnswer(
                    answer,
                    200,
                    "{\"access_token\": \"<text>\", \"token_type\": \"bearer\", \"expires_in\": 3600, "
                            + "\"device_id\": null, \"device_metadata\": null}");
        }
        assertEquals(3L, Database.value("SELECT count(*) FROM sessions WHERE user_id = ?", mia));
        assertEquals(PRESENT, hash().substring(0, PRESENT.length()));
    }

    @Test
    void whenThereIsNoTurnThenThatIsNoFailure() {
        renewAtOnce(database, 4 * HashingTurns.MOST_OF_AN_ACCOUNT);
        assertEquals(0, failures());
    }

    @Test
    void whenItCannotBeWrittenThenThatIsCounted() {
        Pool away = Pool.newInstance(PgBuilder.pool()
                .connectingTo("postgresql://roster:roster@127.0.0.1:1/roster")
                .using(vertx.getDelegate())
                .build());
        renewAtOnce(away, 1);
        away.close().await().atMost(Duration.ofSeconds(10));
        assertEquals(1, failures());
    }

    private void renewAtOnce(Pool pool, int number) {
        PasswordRenewal renewal = new PasswordRenewal(passwords, pool, metrics);
        String cheap = new Argon2id(PasswordsTest.cost(7, 5)).hash("correct horse");
        Asker asker = Asker.stranger("192.0.2.1", organization.id(), "renewal " + mia);
        List<Uni<Void>> renewals = Stream.generate(
                        () -> renewal.renew(organization.id(), mia, "correct horse", cheap, asker))
                .limit(number)
                .toList();
        Uni.join().all(renewals).andFailFast().await().atMost(Duration.ofSeconds(60));
    }

    private double failures() {
        return metrics.counter("roster.background.failures", "work", "PasswordRenewal")
                .count();
    }

    private static Argon2id argon2id() {
        return new Argon2id(PasswordsTest.cost(19, 2));
    }

    private String hash() {
        return (String) Database.value("SELECT password_hash FROM users WHERE id = ?", mia);
    }

    private Response signIn(String password) {
        return organization.signIn("mia", password);
    }
}

package dev.roster.access.token;

import static dev.roster.testing.BehindProxy.PER_ADDRESS;
import static dev.roster.testing.BehindProxy.PER_CLIENT;
import static dev.roster.testing.BehindProxy.PER_PAIR;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.BehindProxy;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is put off after failed client authentications, and who is not. */
@QuarkusTest
@TestProfile(BehindProxy.class)
class ClientThrottleTest {
    private static final String PASSWORD = "correct horse battery";

    private final TestClient client = TestOrganization.create().client(Role.VIEWER);
    private final String address = address();

    @BeforeEach
    void forgetWhatOthersFailedAt() {
        Database.execute("DELETE FROM client_failures");
    }

    @Test
    void whenCallerInventsAddressesBeforeItsOwnThenItIsPutOffAllTheSame() {
        fail(PER_PAIR, client.clientId(), i -> address() + ", " + address);
        grant(client, address() + ", " + address + ", 192.0.2.1").then().statusCode(429);
        grant(client, address() + ", " + address()).then().statusCode(200);
    }

    @Test
    void whenClientFailsTooOftenFromAddressThenPutOff() {
        fail(PER_PAIR, client.clientId(), i -> address);
        grant(client, address)
                .then()
                .statusCode(429)
                .header("Content-Type", startsWith("application/json"))
                .header("Cache-Control", "no-store")
                .header("Retry-After", Integer::parseInt, allOf(greaterThan(0), lessThanOrEqualTo(60)))
                .body("error", equalTo("slow_down"));
    }

    @Test
    void whenOthersFailThenCorrectSecretFromElsewhereIsAccepted() {
        fail(4 * PER_CLIENT, client.clientId(), i -> address());
        grant(client, address).then().statusCode(200);
    }

    @Test
    void whenOtherClientFailsThenNotPutOff() {
        fail(PER_PAIR, "other-" + UUID.randomUUID(), i -> address);
        grant(client, address).then().statusCode(200);
    }

    @Test
    void whenAddressFailsWithManyClientsThenOnlyThoseThatFailArePutOff() {
        flood(address);
        grant("guess-" + UUID.randomUUID(), "wrong", address).then().statusCode(429);
        grant(client, address).then().statusCode(200);
        grant(client.clientId(), "wrong", address).then().statusCode(429);
        grant(client, address).then().statusCode(429);
        grant(client, address()).then().statusCode(200);
    }

    @Test
    void whenAddressIsFloodedThenInventedClientsFillNoRows() {
        flood(address);
        Object before = counted();
        IntStream.range(0, 5).forEach(i -> grant("guess-" + UUID.randomUUID(), "wrong", address));
        assertEquals(before, counted());
    }

    @Test
    void whenTheSameWrongSecretIsRepeatedThenItCountsOnce() {
        long before = (long) counted();
        for (int i = 0; i < PER_ADDRESS + PER_CLIENT; i++) {
            grant(client.clientId(), "of last week", address).then().statusCode(401);
        }
        grant(client, address).then().statusCode(200);
        assertEquals(before + 3, (long) counted()); // pair, address and client
        fail(PER_PAIR - 1, client.clientId(), i -> address);
        grant(client, address).then().statusCode(429);
    }

    @Test
    void whenSecretWasMadeHereThenNeverPutOff() {
        TestClient made = TestOrganization.create().addClientOf(Role.VIEWER, "rst_" + "aB3-_".repeat(8) + "xyz");
        fail(PER_PAIR, made.clientId(), i -> address);
        IntStream.range(PER_PAIR, PER_ADDRESS).forEach(i -> fail(1, "guess-" + UUID.randomUUID(), n -> address));
        grant(made.clientId(), "rst_" + "aB3-_".repeat(8) + "xyy", address)
                .then()
                .statusCode(429);
        grant(made, address).then().statusCode(200);
    }

    @Test
    void whenApiKeysAreGuessedThenPutOffButNeverAGoodOne() {
        String key = TestClient.key(client.token());
        fail(PER_PAIR, i -> keyLogin(key.substring(0, 40 + i), address));
        keyLogin(key.substring(0, 60), address)
                .then()
                .statusCode(429)
                .header("Retry-After", Integer::parseInt, greaterThan(0));
        keyLogin(key, address).then().statusCode(200);
    }

    @Test
    void whenClientFailsFromManyAddressesThenEachHasOneAttempt() {
        fail(PER_CLIENT, client.clientId(), i -> address());
        fail(1, client.clientId(), i -> address);
        grant(client, address).then().statusCode(429);
    }

    @Test
    void whenIpv6ThenNetworkCounts() {
        String network = "2001:db8:" + hex() + ":" + hex() + ":";
        fail(PER_PAIR, client.clientId(), i -> network + ":" + i);
        grant(client, network + ":ffff").then().statusCode(429);
        grant(client, "2001:db8:" + hex() + ":" + hex() + "::1").then().statusCode(200);
    }

    @Test
    void whenIpv4IsWrittenAsIpv6ThenItCountsAlone() {
        fail(PER_PAIR, client.clientId(), i -> "::ffff:" + address);
        grant(client, address).then().statusCode(429);
        grant(client, "::ffff:" + address()).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "known"})
    void whenUnknownOrKnownThenSameAnswers(String which) {
        String id = which.equals("known") ? client.clientId() : "unknown-" + UUID.randomUUID();
        List<Integer> statuses = IntStream.range(0, PER_PAIR + 2)
                .mapToObj(i -> grant(id, "wrong " + i, address).statusCode())
                .toList();
        assertEquals(List.of(401, 401, 401, 429, 429), statuses);
    }

    /** Another spelling of its identifier is that client all the same, also where the address has used up its limit. */
    @ParameterizedTest
    @ValueSource(strings = {"%FIRST", "LAST%25", "plain"})
    void whenAnIdentifierIsSpelledOtherwiseThenItsWrongSecretsCount(String spelling) {
        String id = client.clientId();
        String spelled = spelling.equals("%FIRST")
                ? "%" + Integer.toHexString(id.charAt(0)) + id.substring(1)
                : spelling.equals("plain")
                        ? id
                        : id.substring(0, id.length() - 1) + "%" + Integer.toHexString(id.charAt(id.length() - 1));
        flood(address);
        for (int i = 0; i < PER_PAIR; i++) {
            basic(spelled, "wrong" + i, address).then().statusCode(429);
        }
        basic(spelled, client.secret(), address).then().statusCode(429);
        basic(spelled, client.secret(), address()).then().statusCode(200);
    }

    private static Response basic(String id, String secret, String address) {
        String credentials = id + ":" + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return from(address)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.US_ASCII)))
                .post("/oauth2/token");
    }

    @Test
    void whenImpossibleCredentialsThenCountedToo() {
        fail(PER_PAIR, "\u0001", i -> address);
        grant("\u0001", "x", address).then().statusCode(429);
    }

    @Test
    void whenManyAtOnceThenNoMoreAnswersThanInARow() {
        List<Integer> statuses = AtOnce.each(
                40, i -> grant(client.clientId(), "wrong " + i, address).statusCode());
        assertEquals(PER_PAIR, statuses.stream().filter(status -> status == 401).count());
        assertEquals(
                40 - PER_PAIR, statuses.stream().filter(status -> status == 429).count());
    }

    @Test
    void whenWindowEndsThenWelcomeAgain() {
        fail(PER_PAIR, client.clientId(), i -> address);
        grant(client, address).then().statusCode(429);
        Database.execute("UPDATE client_failures SET ends_at = now() - interval '1 second'");
        grant(client, address).then().statusCode(200);
        fail(PER_PAIR, client.clientId(), i -> address);
        grant(client, address).then().statusCode(429);
    }

    @Test
    void whenSucceedsOrIsPutOffThenNothingIsWritten() {
        fail(PER_PAIR, client.clientId(), i -> address);
        Object before = counted();
        grant(client, address()).then().statusCode(200);
        grant(client, address).then().statusCode(429);
        assertEquals(before, counted());
    }

    @Test
    void whenNoCredentialsThenNotCounted() {
        Object before = counted();
        from(address).post("/oauth2/token").then().statusCode(401);
        assertEquals(before, counted());
    }

    @Test
    void whenAddressIsPutOffThenInviteIsAcceptedNevertheless() {
        TestOrganization organization = TestOrganization.create();
        String email = "ada-" + UUID.randomUUID() + "@example.org";
        String token = inviteToken(organization, email);
        flood(address);
        grant("unknown", "wrong", address).then().statusCode(429);
        accept(token, address).then().statusCode(200).body("user.status", equalTo("active"));
    }

    @Test
    void whenClientFailsTooOftenInTheOtherContractThenATextSaysSo() {
        fail(PER_PAIR, client.clientId(), i -> address);
        from(address)
                .formParam("client_id", client.clientId())
                .formParam("client_secret", client.secret())
                .post("/auth/login")
                .then()
                .statusCode(429)
                .header("Retry-After", Integer::parseInt, greaterThan(0))
                .body("detail", equalTo("Too many client authentications failed."));
    }

    private static void fail(int times, IntFunction<Response> attempt) {
        for (int i = 0; i < times; i++) {
            attempt.apply(i).then().statusCode(401);
        }
    }

    private static String inviteToken(TestOrganization organization, String email) {
        String link = given().auth()
                .preemptive()
                .oauth2(organization.token(Role.ADMIN))
                .contentType(ContentType.JSON)
                .body(Map.of("email", email, "role", "member"))
                .post("/api/v1/invites")
                .then()
                .statusCode(201)
                .extract()
                .path("invite_link");
        return link.substring(link.indexOf("#token=") + "#token=".length());
    }

    private static Response accept(String token, String address) {
        return given().auth()
                .preemptive()
                .oauth2(token)
                .header("X-Forwarded-For", address)
                .contentType(ContentType.JSON)
                .body(Map.of("name", "Ada", "password", PASSWORD))
                .post("/api/v1/invites/accept");
    }

    private static Response keyLogin(String key, String address) {
        return given().header("X-Forwarded-For", address)
                .formParam("password", key)
                .post("/auth/login");
    }

    /** Uses up the limit of an address. */
    private static void flood(String address) {
        IntStream.range(0, PER_ADDRESS).forEach(i -> fail(1, "guess-" + UUID.randomUUID(), n -> address));
    }

    private static Object counted() {
        return Database.value("SELECT coalesce(sum(failures), 0) FROM client_failures");
    }

    private static void fail(int times, String clientId, IntFunction<String> address) {
        for (int i = 0; i < times; i++) {
            grant(clientId, "wrong-" + UUID.randomUUID(), address.apply(i))
                    .then()
                    .statusCode(401)
                    .body("error", equalTo("invalid_client"));
        }
    }

    private static Response grant(TestClient client, String address) {
        return grant(client.clientId(), client.secret(), address);
    }

    private static Response grant(String clientId, String secret, String address) {
        return from(address)
                .formParam("client_id", clientId)
                .formParam("client_secret", secret)
                .post("/oauth2/token");
    }

    private static RequestSpecification from(String address) {
        return given().header("X-Forwarded-For", address).formParam("grant_type", "client_credentials");
    }

    private static String address() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
    }

    private static String hex() {
        return Integer.toHexString(ThreadLocalRandom.current().nextInt(1, 0xffff));
    }
}

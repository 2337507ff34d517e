package dev.roster.user;

import static dev.roster.testing.Bearer.as;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import dev.roster.testing.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one signs in with is changed by someone who has just proved who it is, and by no other. */
@QuarkusTest
@Tag("packaged")
class OwnCredentialsTest {
    private static final String PASSWORD = "nine horses on a staple";
    private static final String OTHER = CredentialChange.NEW_PASSWORD;

    private final TestOrganization organization = TestOrganization.create();

    @ParameterizedTest
    @EnumSource(CredentialChange.class)
    void whenKeyOrNarrowedTokenThenNeverEvenWithThePassword(CredentialChange way) {
        TestClient admin = organization.add("boss", Role.ADMIN);
        setPassword(admin);
        String before = credentials(admin);
        String narrowKey = TestClient.key(admin.token("self:write"));
        String wholeKey = TestClient.key(admin.token());
        Map<String, String> proof = Map.of("current_password", PASSWORD);
        way.use(admin, narrowKey, proof).then().statusCode(403);
        way.use(admin, admin.token("self:write", "users:write"), proof).then().statusCode(403);
        Response answer = way.use(admin, wholeKey, proof);
        assertEquals(403, answer.statusCode());
        assertTrue(answer.header("WWW-Authenticate").contains("error=\"insufficient_user_authentication\""));
        assertEquals(before, credentials(admin));
    }

    @ParameterizedTest
    @EnumSource(CredentialChange.class)
    void whenPasswordThenItMustBeGivenAndRight(CredentialChange way) {
        // The address of any other waits for a link
        TestClient admin = organization.add("mia", Role.ADMIN);
        setPassword(admin);
        String before = credentials(admin);
        String token = admin.token();
        way.use(admin, token, Map.of()).then().statusCode(403);
        way.use(admin, token, Map.of("current_password", "not this one")).then().statusCode(403);
        assertEquals(before, credentials(admin));
        Response right = way.use(admin, token, Map.of("current_password", PASSWORD));
        assertTrue(right.statusCode() < 300, right.asString());
        assertFalse(before.equals(credentials(admin)));
    }

    @Test
    void whenPasswordIsMarkedThenItsOwnersKeyDoesNotUnmarkIt() {
        TestClient admin = organization.add("boss", Role.ADMIN);
        String key = TestClient.key(admin.token());
        Database.execute("UPDATE users SET password_expired = true WHERE id = ?", admin.userId());
        given().auth()
                .oauth2(key)
                .contentType("application/json")
                .body(Map.of("password_expired", false))
                .patch("/users/{id}", admin.userId())
                .then()
                .statusCode(403);
        assertEquals(true, Database.value("SELECT password_expired FROM users WHERE id = ?", admin.userId()));
    }

    /** Clients send the whole account for a new name. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/users/mia/profile | {"full_name":"Mia M","email_address":"mia@example.com"}
            /users/%s                 | {"name":"Mia M","username":"mia","email":"mia@example.com"}
            """)
    void whenWhatIsThereIsSentAgainThenNoProofIsNeeded(String path, String body) {
        TestClient mia = organization.add("mia", Role.ADMIN);
        TestRows.email(mia.userId(), "mia@example.com");
        setPassword(mia);
        String at = path.formatted(mia.userId());
        for (String token : List.of(TestClient.key(mia.token()), mia.token())) {
            String before = credentials(mia);
            as(token).body(body).patch(at).then().statusCode(200);
            assertEquals(before, credentials(mia));
            as(token).body(body.replace("mia@", "Mia@")).patch(at).then().statusCode(403);
            assertEquals(before, credentials(mia));
        }
    }

    @Test
    void whenRefusedThenTheCodeSaysWhatIsMissing() {
        TestClient member = organization.add("mia", Role.MEMBER);
        setPassword(member);
        assertCode(CredentialChange.PASSWORD.use(member, member.token(), Map.of()), "current_password_required");
        assertCode(
                CredentialChange.PASSWORD.use(member, member.token(), Map.of("current_password", "not this one")),
                "wrong_password");
        assertCode(
                CredentialChange.PASSWORD.use(
                        member, TestClient.key(member.token()), Map.of("current_password", PASSWORD)),
                "sign_in_again");
        assertAnswer(CredentialChange.ZENML_PASSWORD.use(member, member.token(), Map.of()), 403, """
                {"detail": ["IllegalOperationError", "The current password is required to change this."]}
                """);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whenNoPasswordYetThenEveryRoleSetsItsOwnAndSignsIn(Role role) {
        TestClient account = organization.add("anew", role);
        CredentialChange.PASSWORD.use(account, account.token(), Map.of()).then().statusCode(200);
        organization.signIn("anew", OTHER).then().statusCode(200);
    }

    /** It would let in for longer than the secret. */
    @ParameterizedTest
    @EnumSource(
            value = CredentialChange.class,
            names = {"PASSWORD", "ZENML_PASSWORD", "ZENML_EMAIL", "PROFILE_EMAIL"})
    void whenNoPasswordYetAndTheSecretEndsThenItsTokenSetsNone(CredentialChange way) {
        TestClient admin = organization.add("anew", Role.ADMIN);
        Database.execute("UPDATE clients SET expires_at = now() + interval '1 day' WHERE id = ?", admin.id());
        String before = credentials(admin);
        assertEquals(403, way.use(admin, admin.token(), Map.of()).statusCode());
        assertEquals(before, credentials(admin));
        Database.execute("UPDATE clients SET expires_at = NULL WHERE id = ?", admin.id());
        Response lasting = way.use(admin, admin.token(), Map.of());
        assertTrue(lasting.statusCode() < 300, lasting.asString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2b$04$ZbbcJ0wFrAxIqxlUOpG2R.gARVTWY3TRa9r8DhgJalg272JCVyd2S",
                "$pbkdf2-sha256$1000$IUTo3bt3Tql1DkGIcQ6hNA$dfQ6dUV4T.hyOmK7/xF.ewk0TTFj/y5JtTVWtv59Njc",
                "$scrypt$ln=10,r=8,p=1$UGqtdS6F0Joz5nxvbU0phQ$VVlH+RLNZashcdvQ3fFnRCyVErhbnodP3jCDdT733rg",
                "{SHA}rJD/5olTxW7AqKHZorModWn6ltY=",
                "$argon2id$v=19$m=8192,t=2,p=2$NypqIrRle2/J8d1SeWSdHQ$tLK+TQ6p8xlGC1i2gqIPPytrzrOTW4C7FZ2wh9gn05Q"
            })
    void whenTheCurrentPasswordIsNoTextThenWrong(String hash) {
        TestClient member = organization.add("mia", Role.MEMBER);
        Database.execute("UPDATE users SET password_hash = ? WHERE id = ?", hash, member.userId());
        String body = "{\"current_password\":\"\\ud800\",\"new_password\":\"" + OTHER + "\"}";
        assertCode(as(member.token()).body(body).put("/api/v1/users/me/password"), "wrong_password");
    }

    @Test
    void whenPasswordIsGuessedThenPutOff() {
        TestClient member = organization.add("mia", Role.MEMBER);
        setPassword(member);
        String token = member.token();
        int tries = (int) IntStream.range(0, 30)
                .takeWhile(i -> CredentialChange.PASSWORD
                                .use(member, token, Map.of("current_password", "guess " + i))
                                .statusCode()
                        == 403)
                .count();
        assertTrue(tries < 30, "never put off");
        // The wait may be over by now
        Database.execute(
                "UPDATE password_failures SET retry_at = now() + interval '1 minute' WHERE user_id = ?",
                member.userId());
        // The guesses are those of the sign-in
        organization.signIn("mia", "another guess").then().statusCode(429);
    }

    @Test
    void whenSomebodyElseSetsAPasswordThenItIsToBeChanged() {
        String mia = "/users/" + TestRows.person(organization, "mia", Role.MEMBER);
        RequestSpecification admin = as(organization.token(Role.ADMIN));
        admin.body(Map.of("password", PASSWORD))
                .patch(mia)
                .then()
                .statusCode(200)
                .body("password_expired", equalTo(true));
        String token = organization
                .signIn("mia", PASSWORD)
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
        assertEquals("password:change", TokenClaims.of(token).getClaimValue("scope"));
        as(organization.token(Role.ADMIN))
                .body(Map.of("password", OTHER, "password_expired", false))
                .patch(mia)
                .then()
                .statusCode(200)
                .body("password_expired", equalTo(false));
    }

    @Test
    void whenOwnPasswordThenItIsNotToBeChanged() {
        TestClient admin = organization.add("boss", Role.ADMIN);
        as(admin.token())
                .body(Map.of("password", PASSWORD))
                .patch("/users/" + admin.userId())
                .then()
                .statusCode(200)
                .body("password_expired", equalTo(false));
    }

    @Test
    void whenTokenThenItSaysWhenItsOwnerSignedInAndAKeyDoesNot() {
        TestClient member = organization.client(Role.MEMBER);
        String token = member.token();
        long ago = Instant.now().getEpochSecond() - (Long) TokenClaims.of(token).getClaimValue("auth_time");
        assertTrue(ago >= 0 && ago < 300, "signed in " + ago + " seconds ago");
        assertFalse(TokenClaims.of(TestClient.key(token)).hasClaim("auth_time"));
    }

    @Test
    void whenNewPasswordIsRefusedThenItsFieldIsNamed() {
        as(organization.token(Role.MEMBER))
                .body(Map.of("new_password", "short"))
                .put("/api/v1/users/me/password")
                .then()
                .statusCode(400)
                .body("invalid_fields", equalTo(List.of("new_password")));
    }

    @Test
    void whenServiceAccountThenItHasNoPassword() {
        UUID robot = TestRows.serviceAccount(organization, "robot", Role.MEMBER);
        TestClient client = organization.addClient(robot, Role.MEMBER);
        CredentialChange.PASSWORD.use(client, client.token(), Map.of()).then().statusCode(404);
    }

    private static void assertCode(Response answer, String code) {
        assertEquals(List.of(403, code), List.of(answer.statusCode(), answer.<String>path("code")));
    }

    private static void setPassword(TestClient account) {
        as(account.token())
                .body(Map.of("new_password", PASSWORD))
                .put("/api/v1/users/me/password")
                .then()
                .statusCode(200);
    }

    private static String credentials(TestClient account) {
        return String.valueOf(Database.value(
                "SELECT concat_ws(' ', username, email, password_hash) FROM users WHERE id = ?", account.userId()));
    }
}

package dev.roster.user;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Passwords that were hashed when that cost less. */
@QuarkusTest
class PasswordRenewalTest {
    private static final String PRESENT = "$argon2id$v=19$m=19456,t=2,p=1$";

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

    private String hash() {
        return (String) Database.value("SELECT password_hash FROM users WHERE id = ?", mia);
    }

    private Response signIn(String password) {
        return given().formParam("username", "mia")
                .formParam("password", password)
                .formParam("organization", organization.name())
                .post("/auth/login");
    }
}

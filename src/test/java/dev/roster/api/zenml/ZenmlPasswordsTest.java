package dev.roster.api.zenml;

import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;

import dev.roster.caller.Role;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passwords a user can be given, from the change to the sign-in. */
@QuarkusTest
@Tag("packaged")
class ZenmlPasswordsTest {
    private static final String COMPOSED = "\u00e4";
    private static final String DECOMPOSED = "a\u0308";

    private final TestOrganization organization = TestOrganization.create();
    private final UUID mia = TestRows.person(organization, "mia", Role.MEMBER);

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 127, 128})
    void whenLengthIsWithinThenTakenAndSignsIn(int length) {
        String password = password(length);
        set(password).then().statusCode(200);
        signIn(password).then().statusCode(200);
        signIn(password(length - 1)).then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 129, 1_000})
    void whenLengthIsBeyondThen422AndThePasswordBeforeStays(int length) {
        set("long enough 1").then().statusCode(200);
        assertTooLongOrShort(set(password(length)));
        signIn("long enough 1").then().statusCode(200);
    }

    @Test
    void whenAccentsAreDecomposedThenCountedAsTheCharactersTheyMake() {
        String seven = "x" + DECOMPOSED.repeat(6);
        assertTooLongOrShort(set(seven));
        set(seven + "y").then().statusCode(200);
        String most = ("x" + DECOMPOSED).repeat(64);
        set(most).then().statusCode(200);
        assertTooLongOrShort(set(most + "y"));
        signIn(most).then().statusCode(200);
    }

    @Test
    void whenAccentIsComposedOtherwiseThenTheSamePassword() {
        set("p" + DECOMPOSED + "ss w\u00f6rd 42").then().statusCode(200);
        signIn("p" + COMPOSED + "ss wo\u0308rd 42").then().statusCode(200);
        signIn("pass word 42").then().statusCode(401);
    }

    @Test
    void whenCharactersTakeTwoUnitsThenEachCountsOnce() {
        assertTooLongOrShort(set("😀😁😂🤣😃😄😅"));
        set("😀😁😂🤣😃😄😅😆").then().statusCode(200);
        signIn("😀😁😂🤣😃😄😅😆").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Lovelace1815!", "ada-lovelace", "Engines1", "mia.king", "roster1815!", "{organization}"})
    void whenPasswordIsAboutTheAccountThen422(String password) {
        given().auth()
                .oauth2(organization.token(Role.ADMIN))
                .contentType(ContentType.JSON)
                .body("{\"name\": \"Ada Lovelace\", \"email\": \"mia.king@engines.example.com\"}")
                .patch("/users/{id}", mia)
                .then()
                .statusCode(200);
        assertAnswer(set(password.replace("{organization}", organization.name())), 422, """
                {"detail": [{"loc": ["body", "password"],
                  "msg": "must be more than a name, an e-mail address, the organization or the service",
                  "type": "value_error"}]}
                """);
        set("lovelace has a cat").then().statusCode(200);
    }

    /** Of so many characters, and no common one. */
    private static String password(int length) {
        return "kq7 zv2 ".repeat(length / 8 + 1).substring(0, length);
    }

    private static void assertTooLongOrShort(Response answer) {
        assertAnswer(answer, 422, """
                {"detail": [{"loc": ["body", "password"], "msg": "must be 8 to 128 characters",
                  "type": "value_error"}]}
                """);
    }

    private Response set(String password) {
        return given().auth()
                .oauth2(organization.token(Role.ADMIN))
                .contentType(ContentType.JSON)
                .body("{\"password\": \"%s\", \"password_expired\": false}".formatted(password))
                .patch("/users/{id}", mia);
    }

    private Response signIn(String password) {
        return organization.signIn("mia", password);
    }
}

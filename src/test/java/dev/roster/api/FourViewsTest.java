package dev.roster.api;

import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One row seen four ways: what any contract writes, every contract shows. */
@QuarkusTest
@Tag("packaged")
class FourViewsTest {
    private final TestOrganization organization = TestOrganization.create();
    private final Creations creations = new Creations(organization);

    @ParameterizedTest(name = "{0}, read by {1}")
    @MethodSource("pairs")
    void pair(Writer writer, Reader reader) {
        SeenUser user = writer.create.apply(creations);
        switch (reader) {
            case ROSTER -> assertAnswer(rosters(user), 200, user.roster(organization));
            case KUBIYA -> assertAnswer(kubiyas(user), 200, user.kubiya());
            case ZENML ->
                assertAnswer(
                        as("Bearer").queryParam("user_id", user.id()).get("/users"),
                        200,
                        "[" + user.zenml(organization) + "]");
            case DECUBE ->
                assertAnswer(as("Bearer").queryParam("id", user.id()).get("/api/v1/app/user"), 200, user.decube());
        }
    }

    @Test
    void whenOneRowIsReadTwiceThenItsTimesAreTheSame() {
        SeenUser user = creations.acceptedInKubiya();
        Response roster = rosters(user);
        Response kubiya = kubiyas(user);
        assertEquals(roster.<String>path("created_at"), kubiya.path("created_at"));
        assertEquals(roster.<String>path("last_seen_at"), kubiya.path("last_login"));
    }

    @ParameterizedTest(name = "in the list of {0}")
    @MethodSource("readers")
    void whenListedThenAsReadAlone(Reader reader) {
        SeenUser user = creations.inRoster();
        switch (reader) {
            case ROSTER -> assertFirst(get("Bearer", "/api/v1/users"), "items", rosters(user));
            case KUBIYA -> assertFirst(get("UserKey", "/api/v1/users"), "$", kubiyas(user));
            case ZENML ->
                assertEquals(
                        get("Bearer", "/users").<Object>path("[0]"),
                        get("Bearer", "/users?email=" + user.email()).path("[0]"));
            case DECUBE ->
                assertFirst(
                        get("Bearer", "/api/v1/app/users"),
                        "users",
                        get("Bearer", "/api/v1/app/user?email=" + user.email()));
        }
    }

    static Stream<Arguments> pairs() {
        return Arrays.stream(Writer.values()).flatMap(writer -> readers().map(reader -> Arguments.of(writer, reader)));
    }

    static Stream<Reader> readers() {
        return Arrays.stream(Reader.values());
    }

    /** The four published contracts. */
    enum Reader {
        ROSTER,
        KUBIYA,
        ZENML,
        DECUBE
    }

    /** The ways in which they make users what they are. */
    enum Writer {
        ROSTER(Creations::inRoster),
        KUBIYA_INVITED(Creations::invitedInKubiya),
        KUBIYA(Creations::acceptedInKubiya),
        KUBIYA_ADMINISTRATOR(Creations::acceptedAsAdministratorInKubiya),
        ZENML(Creations::changedInZenml),
        DECUBE(Creations::inDecube),
        DECUBE_DEACTIVATED(Creations::deactivatedInDecube);

        @SuppressWarnings("ImmutableEnumChecker") // a method reference keeps nothing
        private final Function<Creations, SeenUser> create;

        Writer(Function<Creations, SeenUser> create) {
            this.create = create;
        }
    }

    /** Lists are in the order of the usernames, and 'ada' comes before 'admin'. */
    private static void assertFirst(Response list, String items, Response alone) {
        assertEquals(alone.<Object>path("$"), list.<Object>path(items.equals("$") ? "[0]" : items + "[0]"));
    }

    private Response rosters(SeenUser user) {
        return as("Bearer").get("/api/v1/users/{name}", user.username());
    }

    private Response kubiyas(SeenUser user) {
        return as("UserKey").get("/api/v1/users/{email}", user.email());
    }

    private Response get(String scheme, String path) {
        return as(scheme).get(path);
    }

    private RequestSpecification as(String scheme) {
        return given().header("Authorization", scheme + " " + organization.token(Role.ADMIN));
    }
}

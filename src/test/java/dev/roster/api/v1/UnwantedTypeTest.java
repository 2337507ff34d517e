package dev.roster.api.v1;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.RawHttp;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A type of weight nothing is not acceptable, whatever a wider range says (RFC 9110 sections 12.4.2 and 12.5.1). */
@QuarkusTest
class UnwantedTypeTest {
    private final TestOrganization organization = TestOrganization.create();

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            users         | application/json;q=0                              | -
            users         | application/json;q=0.000                          | -
            users         | application/json; Q=0                             | -
            users         | */*;q=0                                           | -
            users         | application/*;q=0                                 | -
            users         | application/json;q=0, */*                         | -
            users         | */*, application/json;q=0                         | -
            users         | application/*;q=0, */*;q=0.5                      | -
            users         | text/html, application/json;q=0                   | -
            users         | application/json, */*;q=0                         | application/json
            users         | application/*, text/*;q=0                         | application/json
            users         | application/json, application/*;q=0               | application/json
            users         | application/json;q=0.001                          | application/json
            users         | text/html;q=0,,application/json                   | application/json
            users         | text/html,,application/json                       | application/json
            users         | text/html, , application/json                     | application/json
            users         | ,application/json,                                | application/json
            users         | ,                                                 | application/json
            users         | text/html,,                                       | -
            users/export  | ,text/csv                                         | text/csv
            users         | application/json;charset=x;q=0, application/json  | application/json
            users         | */*, image/png;q=0                                | application/json
            users         | application/json;q=0.5, text/html;q=0             | application/json
            groups        | application/json;q=0, */*                         | -
            groups        | application/json, */*;q=0                         | application/json
            users/export  | application/x-ndjson;q=0, text/csv;q=0            | -
            users/export  | application/x-ndjson;q=0                          | -
            users/export  | application/x-ndjson;q=0, */*                     | text/csv
            users/export  | application/*;q=0, */*                            | text/csv
            users/export  | text/csv;q=0, */*                                 | application/x-ndjson
            users/export  | text/csv, application/x-ndjson;q=0                | text/csv
            users/export  | application/x-ndjson, */*;q=0                     | application/x-ndjson
            users/export  | text/csv;q=0, application/x-ndjson;q=0, */*       | -
            groups/export | application/x-ndjson;q=0, */*                     | text/csv
            groups/export | text/csv;q=0                                      | -
            audit-events  | application/json;q=0, */*                         | application/x-ndjson
            audit-events  | application/x-ndjson;q=0, */*                     | application/json
            audit-events  | application/x-ndjson, application/json;q=0        | application/x-ndjson
            """)
    void whenAListIsAskedForThenNeverInATypeThatIsRefused(String path, String accept, String type) {
        assertAnswer(type, request(accept).get("/api/v1/" + path));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            application/x-ndjson;q=0                    | -
            application/x-ndjson;q=0, */*               | -
            */*;q=0                                     | -
            application/x-ndjson, */*;q=0               | application/x-ndjson
            text/csv;q=0, */*                           | application/x-ndjson
            """)
    void whenAnImportIsSentThenNeverAnsweredInATypeThatIsRefused(String accept, String type) {
        Response answer = request(accept)
                .contentType("application/json")
                .body("{\"name\":\"ada\"}")
                .post("/api/v1/users/import");
        assertAnswer(type, answer);
        int found = request("*/*").get("/api/v1/users/ada").statusCode();
        assertEquals(type == null ? 404 : 200, found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*, text/html;q=0",
                "application/*",
                "application/*, text/html;q=0",
                "*/*, application/json;q=0"
            })
    void whenOtherTypesAreRefusedThenTheKeysAreToldInTheirs(String accept) {
        Response answer = request(accept).get("/oauth2/jwks");
        assertEquals(200, answer.statusCode(), answer.asString());
        assertEquals("application/jwk-set+json", answer.contentType().split(";", 2)[0]);
    }

    @Test
    void whenTheKeysAreAskedForAsJsonThenTheyAre() {
        Response answer = request("application/json").get("/oauth2/jwks");
        assertEquals(200, answer.statusCode(), answer.asString());
        assertTrue(answer.contentType().matches("application/json(;charset=UTF-8)?"), answer.contentType());
    }

    /** It names no type that is wanted, and so none that is not. */
    @ParameterizedTest
    @ValueSource(strings = {"Accept:", "Accept: ", "Accept: , ,"})
    void whenTheListIsEmptyThenAsWithoutOne(String accept) {
        RawHttp.Answer answer = RawHttp.send("GET /api/v1/users HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Authorization: Bearer " + organization.token(Role.ADMIN) + "\r\n" + accept + "\r\n\r\n");
        assertEquals(200, answer.status(), answer.body());
    }

    /** Though little of it were left. */
    @Test
    void whenTheListIsTooLongThenRefusedAsItCame() {
        assertEquals(
                431,
                request("a/b;q=0,".repeat(2_500) + "*/*").get("/api/v1/users").statusCode());
    }

    /** A page is for whoever names it. */
    @Test
    void whenAnyTypeButAnImageIsWantedThenTheBeginningIsNoPage() {
        assertEquals(404, request("*/*, image/png;q=0").get("/").statusCode());
    }

    /** Several lines of the header are one list (RFC 9110 section 5.3). */
    @Test
    void whenTheListComesInTwoLinesThenItIsOne() {
        assertAnswer(
                null, request("*/*").header("Accept", "application/json;q=0").get("/api/v1/users"));
    }

    private RequestSpecification request(String accept) {
        return given().header("Authorization", "Bearer " + organization.token(Role.ADMIN))
                .header("Accept", accept);
    }

    private static void assertAnswer(String type, Response answer) {
        assertEquals(type == null ? 406 : 200, answer.statusCode(), answer.asString());
        if (type != null) {
            assertEquals(type, answer.contentType().split(";", 2)[0]);
        } else {
            assertEquals("not_acceptable", answer.jsonPath().getString("code"));
        }
    }
}

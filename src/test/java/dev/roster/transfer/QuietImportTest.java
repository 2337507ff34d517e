package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.JsonAnswer;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports with little to tell, over connections that rest for no longer than four seconds. */
@QuarkusTest
@TestProfile(QuietImportTest.Impatient.class)
class QuietImportTest {

    /** Closes connections that rest. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.idle-timeout", "4S");
        }
    }

    private final TestOrganization organization = TestOrganization.create();

    @ParameterizedTest
    @ValueSource(strings = {"?results=errors", "?results=all"})
    void whenALineTakesLongThenTheConnectionStays(String query) throws Exception {
        UUID held = TestRows.person(organization, "p1", Role.MEMBER);
        try (ImportConnection connection =
                new ImportConnection(RestAssured.port, organization.token(Role.ADMIN), query)) {
            try (TableLock lock = TableLock.ofRow("users", held)) {
                connection.send(1, 1, "{\"name\":\"p%d\",\"role\":\"viewer\"}");
                connection.end();
                assertStays(connection);
            }
            String result = connection.result();
            if (!query.endsWith("errors")) {
                assertTrue(result.startsWith("{\"line\":1,\"name\":\"p1\","), result);
                result = connection.result();
            }
            JsonAnswer.assertJson(
                    result,
                    "{'result':'done','created':0,'updated':1,'unchanged':0,'deactivated':0,'errors':0,'next_line':2}");
        }
    }

    /** They are as many as an organization has, and each takes a transaction. */
    @ParameterizedTest
    @ValueSource(strings = {"", "&dry_run=true"})
    void whenOnlyErrorsAreAskedForThenWhoIsInNoLineIsToldOf(String query) {
        TestRows.person(organization, "old", Role.MEMBER);
        new ImportClient(organization.token(Role.ADMIN))
                .send("?mode=sync&results=errors" + query, "{'name':'new'}")
                .assertLines(
                        "{'name':'old','id':'<id>','result':'deactivated'}",
                        "{'result':'done','created':1,'updated':0,'unchanged':0,'deactivated':1,'errors':0,'next_line':2,"
                                + "'left_out':'deactivated'}");
    }

    /** One after the other, of which nothing is told by itself. */
    @Test
    void whenSomebodyToDeactivateIsHeldThenTheConnectionStays() throws Exception {
        UUID held = TestRows.person(organization, "old", Role.MEMBER);
        try (ImportConnection connection =
                new ImportConnection(RestAssured.port, organization.token(Role.ADMIN), "?mode=sync&results=errors")) {
            try (TableLock lock = TableLock.ofRow("users", held)) {
                connection.send(1, 1);
                connection.end();
                assertStays(connection);
            }
            assertTrue(connection.result().startsWith("{\"name\":\"old\","));
            assertTrue(connection.result().startsWith("{\"result\":\"done\",\"created\":1,"));
            assertEquals(null, connection.rest());
        }
    }

    /** A third of that time lies between two: together they are longer, and shorter than a row is waited for. */
    private static void assertStays(ImportConnection connection) throws IOException {
        for (int n = 0; n < 5; n++) {
            assertTrue(connection.readSignOfLife());
        }
    }
}

package dev.roster.user;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody calls itself like somebody else's e-mail address, however that is spelled. */
@QuarkusTest
class NamesOfOthersTest {
    private final TestOrganization organization = TestOrganization.create();
    private final String address = "cfo-" + UUID.randomUUID().toString().substring(0, 8) + "@example.org";

    @ParameterizedTest
    @CsvSource({"MEMBER, 422", "ADMIN, 409"})
    void whenAccountRenamesItselfToAnothersAddressThenRefused(Role role, int status) {
        TestRows.person(organization, "cfo", address, Role.MEMBER);
        TestClient mia = organization.add("mia", role);
        String said = status == 422 ? "must not be an e-mail address" : "The name is taken";
        for (String spelled : List.of(address, address.toUpperCase(Locale.ROOT))) {
            String answer = rename(mia, spelled, status);
            assertTrue(answer.contains(said), answer);
        }
        assertEquals("mia", Database.value("SELECT username FROM users WHERE id = ?", mia.userId()));
    }

    @Test
    void whenAddressIsNobodysThenAMemberIsNotCalledSoEither() {
        rename(organization.add("mia", Role.MEMBER), address, 422);
    }

    @Test
    void whenAddressIsTheOwnThenItMayBeTheName() {
        TestClient mia = organization.add("mia", Role.MEMBER);
        TestRows.email(mia.userId(), address);
        rename(mia, address, 200);
    }

    private static String rename(TestClient account, String name, int status) {
        return given().auth()
                .preemptive()
                .oauth2(account.token())
                .contentType(ContentType.JSON)
                .body(Map.of("username", name))
                .patch("/users/{id}", account.userId())
                .then()
                .statusCode(status)
                .extract()
                .asString();
    }
}

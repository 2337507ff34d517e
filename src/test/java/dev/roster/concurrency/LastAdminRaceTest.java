package dev.roster.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Http;
import dev.roster.testing.NoDeadlock;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two administrators that end each other at once: one of them stays. */
@QuarkusTest
@ExtendWith(NoDeadlock.class)
class LastAdminRaceTest {
    private static final int ROUNDS = 20;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    PATCH  | {"role":"member"}        | PATCH  | {"role":"viewer"}
                    PATCH  | {"status":"deactivated"} | PATCH  | {"status":"deactivated"}
                    PATCH  | {"status":"deactivated"} | PATCH  | {"role":"member"}
                    DELETE |                          | DELETE |
                    DELETE |                          | PATCH  | {"role":"member"}
                    """)
    void whenTwoEndEachOtherThenOneStays(String method, String body, String otherMethod, String otherBody) {
        for (int round = 0; round < ROUNDS; round++) {
            TestOrganization organization = TestOrganization.create();
            String ann = organization.add("ann", Role.ADMIN).token();
            String bob = organization.add("bob", Role.ADMIN).token();
            List<Integer> statuses = Http.statusesAtOnce(List.of(
                    Http.request(ann, method, "/api/v1/users/bob", body),
                    Http.request(bob, otherMethod, "/api/v1/users/ann", otherBody)));
            assertEquals(1, statuses.stream().filter(status -> status < 300).count(), statuses.toString());
            assertEquals(
                    1L,
                    Database.value(
                            "SELECT count(*) FROM users WHERE organization_id = ? AND role = 'admin'"
                                    + " AND status = 'active'",
                            organization.id()));
        }
    }
}

package dev.roster.access.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The room for a session of a client that has as many hosts as it may. */
@QuarkusTest
class SessionRoomTest {
    private static final int OTHERS = 49;

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient client = organization.client(Role.MEMBER);

    /** Whoever else there is was seen before its host, or after. */
    @ParameterizedTest
    @ValueSource(strings = {"1 hour", "1 second"})
    void whenOneNearItsEndGivesWayThenTheNextIsAnotherAndNoOtherHostIsPutOut(String sinceOthers) {
        client.token();
        Object first = value("SELECT id FROM sessions WHERE client_id = ?");
        Object host = value("SELECT device FROM sessions WHERE client_id = ?");
        Database.execute(
                "UPDATE sessions SET created_at = now() - interval '90 days' + interval '30 minutes',"
                        + " last_seen_at = now() - interval '1 minute', expires_at = now() + interval '30 minutes',"
                        + " token_expires_at = now() + interval '10 minutes' WHERE client_id = ?",
                client.id());
        Database.execute(
                "INSERT INTO sessions (organization_id, id, user_id, client_id, device, created_at, last_seen_at,"
                        + " expires_at) SELECT ?, gen_random_uuid(), ?, ?, 'other ' || n, now() - interval '1 day',"
                        + " now() - CAST(? AS interval), now() + interval '1 day' FROM generate_series(1, ?) n",
                organization.id(),
                client.userId(),
                client.id(),
                sinceOthers,
                OTHERS);
        client.token();
        Object next = Database.value("SELECT id FROM sessions WHERE client_id = ? AND device = ?", client.id(), host);
        assertNotEquals(first, next);
        assertEquals(
                (long) OTHERS,
                value(
                        "SELECT count(*) FROM sessions WHERE client_id = ? AND device LIKE 'other %' AND ended_at IS NULL"));
        assertEquals(
                true,
                Database.value(
                        "SELECT device = id || ' ' || ? AND ended_at IS NULL AND expires_at = token_expires_at"
                                + " FROM sessions WHERE id = ?",
                        host,
                        first));
    }

    private Object value(String sql) {
        return Database.value(sql, client.id());
    }
}

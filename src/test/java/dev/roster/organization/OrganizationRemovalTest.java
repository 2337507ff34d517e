package dev.roster.organization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.access.session.Standings;
import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is left of an organization that is deleted. */
@QuarkusTest
class OrganizationRemovalTest {
    @Inject
    OrganizationRemoval removal;

    @Inject
    Standings standings;

    private final TestOrganization organization = TestOrganization.create();

    @Test
    void whenDeletedThenNoTableHasARowOfIt() throws Throwable {
        TestClient admin = fill(organization);
        TestOrganization other = TestOrganization.create();
        fill(other);
        String kept = rows(other.id());
        delete();
        run();
        assertNoRows();
        assertEquals(0L, Database.value("SELECT count(*) FROM organizations WHERE id = ?", organization.id()));
        assertEquals(kept, rows(other.id()));
        assertEquals(401, admin.grant().statusCode());
        // What happened is not undone with it
        assertEquals(
                1L,
                Database.value(
                        "SELECT count(*) FROM audit_events WHERE organization_id = ? AND type = 'session.opened'",
                        organization.id()));
    }

    @Test
    void whenAReplicaWasKilledInBetweenThenAnotherGoesOn() throws Throwable {
        fill(organization);
        delete();
        Database.execute("DELETE FROM memberships WHERE organization_id = ?", organization.id());
        Database.execute("DELETE FROM api_keys WHERE organization_id = ?", organization.id());
        run();
        run();
        assertNoRows();
    }

    /** That work which fails is counted and told once is a matter of all work of its kind. */
    @Test
    void whenTheDatabaseFailsInBetweenThenToldAndTheNextRunGoesOn() throws Throwable {
        fill(organization);
        TestOrganization other = TestOrganization.create();
        fill(other);
        delete();
        Database.execute("UPDATE organizations SET status = 'deleting' WHERE id = ?", other.id());
        Database.execute("CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$BEGIN RAISE EXCEPTION 'kept' USING ERRCODE = '53100'; END$$");
        try {
            Database.execute("CREATE TRIGGER keep BEFORE DELETE ON users FOR EACH ROW WHEN (OLD.organization_id = '"
                    + organization.id() + "') EXECUTE FUNCTION keep()");
            assertThrows(PgException.class, this::run);
            assertThrows(PgException.class, this::run);
        } finally {
            Database.execute("DROP FUNCTION keep() CASCADE");
        }
        assertEquals(1L, Database.value("SELECT count(*) FROM organizations WHERE id = ?", organization.id()));
        assertEquals(
                0L, Database.value("SELECT count(*) FROM memberships WHERE organization_id = ?", organization.id()));
        // It stands in the way of no other
        assertEquals(0L, Database.value("SELECT count(*) FROM organizations WHERE id = ?", other.id()));
        run();
        assertNoRows();
        assertEquals(0L, Database.value("SELECT count(*) FROM organizations WHERE id = ?", organization.id()));
    }

    @Test
    void whenThereAreMoreRowsThanAPartThenAllGo() throws Throwable {
        TestRows.persons(organization, "many", 2_500, 10);
        delete();
        run();
        assertNoRows();
    }

    @Test
    void whenOffThenTheDatabaseSaysSoOfItsSessions() throws Throwable {
        TestClient admin = organization.client(Role.ADMIN);
        admin.token();
        UUID session = (UUID) Database.value("SELECT id FROM sessions WHERE organization_id = ?", organization.id());
        Caller caller = new Caller(
                organization.id(),
                organization.name(),
                admin.userId(),
                Role.ADMIN,
                Set.of(),
                admin.clientId(),
                session,
                null);
        assertTrue(VertxContextSupport.subscribeAndAwait(() -> standings.find(caller))
                .isPresent());
        organization.deactivate();
        assertTrue(VertxContextSupport.subscribeAndAwait(() -> standings.find(caller))
                .isEmpty());
    }

    private static TestClient fill(TestOrganization organization) {
        TestClient admin = organization.client(Role.ADMIN);
        String token = admin.token();
        UUID person = TestRows.person(organization, "mia", "mia@example.com", Role.MEMBER);
        UUID group = TestRows.group(organization, "team");
        Database.execute(
                "INSERT INTO memberships (organization_id, group_id, user_id, added_at)" + " VALUES (?, ?, ?, now())",
                organization.id(),
                group,
                person);
        TestRows.apiKey(organization, person);
        TestRows.invite(organization, "invited@example.com");
        assertTrue(!token.isEmpty());
        return admin;
    }

    private void delete() {
        Database.execute("UPDATE organizations SET status = 'deleting' WHERE id = ?", organization.id());
    }

    private void run() throws Throwable {
        VertxContextSupport.subscribeAndAwait(removal::run);
    }

    private void assertNoRows() {
        Pattern.compile("(\\w+) \\d+")
                .matcher(rows(organization.id()))
                .results()
                .forEach(left ->
                        Database.awaitReleased(left.group(1) + " WHERE organization_id = ?", organization.id()));
        assertEquals("", rows(organization.id()));
    }

    /** The tables with rows of an organization, and how many; revocations and events go by themselves. */
    private static String rows(UUID id) {
        return (String) Database.value("""
                        SELECT coalesce(string_agg(name || ' ' || rows, ', ' ORDER BY name), '')
                          FROM (SELECT table_name AS name,
                                       (xpath('/row/c/text()', query_to_xml(format(
                                         'SELECT count(*) AS c FROM %I WHERE organization_id = %L',
                                         table_name, CAST(? AS text)), false, true, '')))[1]::text::int AS rows
                                  FROM information_schema.columns
                                  JOIN information_schema.tables USING (table_schema, table_name)
                                 WHERE column_name = 'organization_id' AND table_schema = current_schema()
                                   AND table_type = 'BASE TABLE' AND table_name NOT IN ('revocations', 'audit_events')) AS counted
                         WHERE rows > 0""", id.toString());
    }
}

package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An import that waits for a lock while its caller loses its access writes nothing behind it. */
@QuarkusTest
class EndedImporterTest {
    private final TestOrganization organization = TestOrganization.create();
    private final TestClient bob = organization.add("bob", Role.ADMIN);
    private final UUID carol = TestRows.person(organization, "carol", Role.MEMBER);

    /** As one that keeps a row busy itself, to leave an administrator behind. */
    @Test
    void whenItWaitsForAnAccountThenNobodyIsMadeOrChanged() throws Exception {
        assertNothing("users", carol, "{'name':'carol','display_name':'C'}", "{'name':'eve','role':'admin'}");
    }

    @Test
    void whenItWaitsForAGroupThenNobodyIsMade() throws Exception {
        UUID group = TestRows.group(organization, "mills");
        assertNothing("groups", group, "{'name':'eve','role':'admin','groups':['mills']}");
    }

    /** What changes access goes by itself, behind the batch. */
    @Test
    void whenWhatGoesByItselfWaitsThenItIsNotChanged() throws Exception {
        UUID group = TestRows.group(organization, "mills");
        assertNothing("groups", group, "{'name':'carol','role':'admin','groups':['mills']}");
    }

    private void assertNothing(String table, UUID row, String... lines) throws Exception {
        Object before = accounts();
        String file = String.join("\n", lines).replace('\'', '"');
        ImportClient importer = new ImportClient(bob.token());
        CompletableFuture<Response> imported;
        try (TableLock lock = TableLock.ofRow(table, row)) {
            imported = CompletableFuture.supplyAsync(() -> importer.post("", ImportClient.LINES, file));
            lock.awaitWaiting();
            Database.execute("UPDATE users SET status = 'deactivated' WHERE id = ?", bob.userId());
        }
        assertEquals(401, imported.join().statusCode(), imported.join().asString());
        assertEquals(before, accounts());
    }

    private Object accounts() {
        return Database.value(
                "SELECT string_agg(concat_ws(' ', username, display_name, role), ',' ORDER BY username) FROM users"
                        + " WHERE organization_id = ?",
                organization.id());
    }
}

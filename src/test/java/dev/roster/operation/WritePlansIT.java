package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.Replica;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a write to an organization of some thousands costs, in blocks of PostgreSQL for each execution of a statement: the
 * planner thinks of a walk through all accounts as cheap then, and a plan that is kept stays when there are more.
 */
@Beside
class WritePlansIT {
    // The keys alone of 30,000 accounts are in half as many more
    private static final int MOST = 130;

    // From the sixth execution on each of two connections PostgreSQL may have made a plan for all values
    private static final int TIMES = 14;

    @TempDir
    Path folder;

    /** A write that is done once for each number. */
    private interface Write {
        void of(int number) throws Exception;
    }

    @Test
    void whenAWriteIsOfOneAccountThenItsStatementsTouchNoOther() throws Exception {
        try (ManyRows database = new ManyRows(folder)) {
            try (Replica replica = Replica.start(database.url(), folder, "roster.db.pool.size=2")) {
                Map<String, Write> writes = writes(replica, replica.adminToken());
                database.load(1, 1_000);
                assertEquals(Map.of(), dear(database, writes, 100));
                database.load(1_001, 8_000);
                assertEquals(Map.of(), dear(database, writes, 1_100));
                database.load(8_001, 30_000);
                assertEquals(Map.of(), dear(database, writes, 9_100));
            }
        }
    }

    /** For the planner all rows are of the first one, and the second is a row at most, until the table is counted again. */
    @Test
    void whenASecondOrganizationGrowsBesideALargeOneThenItsWritesTouchNoOtherRow() throws Exception {
        try (ManyRows database = new ManyRows(folder)) {
            try (Replica replica = Replica.start(database.url(), folder, "roster.db.pool.size=2")) {
                database.load(1, 60_000);
                database.execute("ANALYZE");
                String made = replica.send(
                        "POST", "/api/v1/organizations", replica.systemToken(database), "{\"name\": \"second\"}");
                String token = replica.token(Replica.member(made, "client_id"), Replica.member(made, "client_secret"));
                replica.send("POST", "/api/v1/groups", token, "{\"name\": \"group7\"}");
                String lines = IntStream.rangeClosed(1, 4_000)
                        .mapToObj(n -> "{\"name\": \"user" + n + "\", \"groups\": [\"group7\"]}\n")
                        .collect(Collectors.joining());
                String results = replica.send(
                                "POST", "/api/v1/users/import", "Bearer " + token, "application/x-ndjson", lines)
                        .body();
                assertTrue(results.contains("\"created\":4000"), results);
                // Else one of the writes puts away what many have left
                database.execute("SELECT gin_clean_pending_list('users_search_index')");
                assertEquals(Map.of(), dear(database, writes(replica, token), 100));
            }
        }
    }

    private static Map<String, String> dear(ManyRows database, Map<String, Write> writes, int first) throws Exception {
        Map<String, String> found = new TreeMap<>();
        int number = first;
        for (Map.Entry<String, Write> write : writes.entrySet()) {
            int start = number;
            String most = database.dearest(MOST, () -> {
                for (int i = 0; i < TIMES; i++) {
                    write.getValue().of(start + i);
                }
            });
            if (most != null) {
                found.put(write.getKey(), most);
            }
            number += TIMES;
        }
        return found;
    }

    private static Map<String, Write> writes(Replica replica, String token) {
        Map<String, Write> writes = new LinkedHashMap<>();
        writes.put("token", n -> replica.adminToken());
        add(writes, replica, token, "POST", "/api/v1/users", "{'name': 'new{n}'}");
        add(
                writes,
                replica,
                token,
                "POST",
                "/api/v1/users",
                "{'name': 'made{n}@example.org', 'metadata': {'n': '{n}'}}");
        add(writes, replica, token, "POST", "/api/v1/app/user", "{'email': 'app{n}@example.org', 'name': 'App {n}'}");
        writes.put("import", n -> {
            String line = "{\"name\": \"imported" + n + "\", \"groups\": [\"group7\"]}\n";
            String path = "/api/v1/users/import?mode=upsert";
            String results = replica.send("POST", path, "Bearer " + token, "application/x-ndjson", line)
                    .body();
            assertTrue(results.contains("\"created\":1"), results);
        });
        add(writes, replica, token, "PATCH", "/api/v1/users/user{n}", "{'display_name': 'Changed {n}'}");
        add(
                writes,
                replica,
                token,
                "PATCH",
                "/api/v1/users/user{n}/profile",
                "{'email_address': 'changed{n}@example.org'}");
        add(writes, replica, token, "PATCH", "/api/v1/users/user{n}", "{'role': 'admin'}");
        add(writes, replica, token, "PATCH", "/api/v1/users/user{n}", "{'status': 'deactivated'}");
        add(writes, replica, token, "PUT", "/api/v1/users/user{n}/groups", "{'set_groups': ['group7']}");
        add(writes, replica, token, "DELETE", "/api/v1/users/user{n}", "");
        add(writes, replica, token, "POST", "/api/v1/groups", "{'name': 'made{n}'}");
        add(
                writes,
                replica,
                token,
                "POST",
                "/api/v1/groups",
                "{'name': 'of{n}', 'members': ['user{n}', 'user1', 'user2']}");
        add(writes, replica, token, "PATCH", "/api/v1/groups/group7", "{'description': 'Changed {n}'}");
        add(writes, replica, token, "POST", "/api/v1/invites", "{'role': 'member', 'email': 'inv{n}@example.org'}");
        add(writes, replica, token, "POST", "/api/v1/service-accounts", "{'name': 'service{n}', 'role': 'member'}");
        add(writes, replica, token, "PATCH", "/api/v1/organization", "{'display_name': 'Many {n}'}");
        return writes;
    }

    private static void add(
            Map<String, Write> writes, Replica replica, String token, String method, String path, String body) {
        writes.put(
                method + " " + path + " " + body,
                n -> replica.send(
                        method,
                        path.replace("{n}", String.valueOf(n)),
                        token,
                        body.replace("{n}", String.valueOf(n)).replace('\'', '"')));
    }
}

package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.Eventually;
import dev.roster.testing.Replica;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What lists and hot reads of a large organization cost, in blocks of PostgreSQL for each execution of a statement, whatever
 * the planner knows of the tables. A walk through the organization costs more than a hundred times what is allowed;
 * {@code -Droster.plans.rows} sets how many accounts it has.
 */
@Beside
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlansIT {
    private static final int ROWS = Integer.getInteger("roster.plans.rows", 120_000);

    // A thousand accounts found by an index, and less than all of them in a scan of the table
    private static final int MOST = 6_000;

    // One row by an index, with all that belongs to it
    private static final int MOST_OF_ONE = 60;

    // From the sixth execution on PostgreSQL may have made a plan for all values
    private static final int TIMES = 6;

    // In no order, so that each that is passed is a block
    private static final String SERVICE_ACCOUNTS = """
            SET session_replication_role = replica;
            INSERT INTO users (organization_id, id, kind, username, username_key, display_name, role, status, deactivated_at,
                               search_text, created_at, updated_at, version)
            SELECT o.id, gen_random_uuid(), 'service', '%1$s' || r.n, '%1$s' || r.n, 'Robot',
                   CASE r.n %% 2 WHEN 0 THEN 'admin' ELSE 'viewer' END,
                   CASE r.n %% 3 WHEN 0 THEN 'deactivated' ELSE 'active' END, CASE r.n %% 3 WHEN 0 THEN now() END,
                   '', now(), now(), 0
              FROM organizations o, (SELECT n FROM generate_series(1, %2$d) n ORDER BY md5(CAST(n AS text))) r
             WHERE o.name = 'default'""";

    private static final String PENDING_INVITES = """
            SET session_replication_role = replica;
            INSERT INTO invites (organization_id, id, email, email_key, role, group_ids, status, token_id, expires_at, created_at,
                                 updated_at, version)
            SELECT o.id, CAST('ffffffff-ffff-7fff-bfff-' || lpad(to_hex(r.n), 12, '0') AS uuid), 'new' || r.n || '@example.com',
                   'new' || r.n || '@example.com', 'member', '{}', 'pending', gen_random_uuid(), now() + interval '1 day', now(), now(), 0
              FROM organizations o, (SELECT n FROM generate_series(1, %d) n ORDER BY md5(CAST(n AS text))) r
             WHERE o.name = 'default'""";

    @TempDir
    static Path folder;

    private static ManyRows database;
    private static Replica replica;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        database = new ManyRows(folder);
        replica = Replica.start(database.url(), folder, "roster.db.pool.size=2");
        token = replica.adminToken();
        database.load(1, 1_000);
    }

    @AfterAll
    static void stop() throws Exception {
        replica.close();
        database.close();
    }

    @Test
    @Order(1)
    void whenTheTablesGrowUnderPreparedStatementsThenNoneWalksThem() throws Exception {
        assertEquals(Map.of(), dear());
        database.load(1_001, ROWS);
        assertEquals(Map.of(), dear());
    }

    @Test
    @Order(2)
    void whenThePlannerKnewNothingThenTheServiceSeesToItAndNoneWalksThem() throws Exception {
        database.execute("SET allow_system_table_mods = on; DELETE FROM pg_statistic;"
                + " UPDATE pg_class SET reltuples = -1, relpages = 0"
                + " WHERE relkind IN ('r', 'i') AND relnamespace = CAST('public' AS regnamespace)");
        database.awaitStatistics();
        assertEquals(Map.of(), dear());
    }

    @Test
    @Order(3)
    void whenThePlannerKnowsLittleThenNoneWalksThem() throws Exception {
        database.execute("SET default_statistics_target = 10; ANALYZE");
        assertEquals(Map.of(), dear());
    }

    @Test
    @Order(4)
    void whenThePlannerKnowsWhatItUsuallyKnowsThenNoneWalksThem() throws Exception {
        database.execute("ANALYZE");
        assertEquals(Map.of(), dear());
    }

    @Test
    @Order(5)
    void whenMoreIsFoundThanIsSortedThenThePagesAreTheSame() throws Exception {
        Map<String, String> filters = Map.of(
                "group=group0",
                inGroup("group0"),
                "group=group1001",
                inGroup("group1001"),
                "group=group7",
                inGroup("group7"),
                "group=group1002",
                inGroup("group1002"),
                "group=group1001&role=viewer",
                inGroup("group1001") + " AND u.role = 'viewer'",
                "q=user7",
                "u.search_text LIKE '%user7%'",
                "q=ser77",
                "u.search_text LIKE '%ser77%'",
                "q=us",
                "u.search_text LIKE '% us%'",
                "q=user1&group=group1001",
                inGroup("group1001") + " AND u.search_text LIKE '%user1%'",
                "group=group1002&role=viewer",
                inGroup("group1002") + " AND u.role = 'viewer'");
        Map<String, String> orders = Map.of(
                "name", "u.username_key",
                "-name", "u.username_key DESC",
                "created_at", "u.created_at, u.id",
                "-created_at", "u.created_at DESC, u.id DESC");
        for (Map.Entry<String, String> filter : filters.entrySet()) {
            for (Map.Entry<String, String> order : orders.entrySet()) {
                List<String> expected = database
                        .rows("SELECT u.username FROM users u WHERE u.kind = 'person' AND " + filter.getValue()
                                + " ORDER BY " + order.getValue() + " LIMIT 120")
                        .stream()
                        .map(row -> row.get(0))
                        .toList();
                String query = filter.getKey() + "&sort=" + order.getKey();
                assertEquals(expected, names("/api/v1/users?limit=40&" + query, 3), query);
            }
        }
    }

    /** What has come lately waits in a list beside the index, which every search reads. */
    @Test
    @Order(6)
    void whenManyHaveJustComeThenASearchReadsLittleOfThem() throws Exception {
        database.load(ROWS + 1, ROWS + 10_000);
        assertNull(database.dearest(150, () -> {
            for (int i = 0; i < TIMES; i++) {
                assertEquals(List.of(), names("/api/v1/users?limit=40&q=zzzzz", 1));
            }
        }));
    }

    /** A hundred fit on few blocks, which PostgreSQL takes for cheaper to read as a whole than one of an index. */
    @Test
    @Order(7)
    void whenThereAreAHundredGroupsThenAPageDoesNotReadThemForEachOfItsUsers() throws Exception {
        database.execute("SET session_replication_role = replica;"
                + " DELETE FROM groups WHERE CAST(substr(name, 6) AS integer) >= 100;"
                + " DELETE FROM memberships m WHERE NOT EXISTS (SELECT FROM groups g WHERE g.id = m.group_id)");
        database.execute("VACUUM FULL groups");
        database.execute("ANALYZE");
        // Its connections were ended, and one may be taken before that is seen
        Eventually.holds(PlansIT::isAnswered);
        long before = database.scans("groups");
        for (int i = 0; i < TIMES; i++) {
            assertEquals(200, replica.get("/api/v1/users/user19", token).statusCode());
        }
        assertEquals(before, database.scans("groups"));
        for (int i = 0; i < TIMES; i++) {
            assertEquals(40, names("/api/v1/users?limit=40", 1).size());
        }
        // A page reads each of its groups once, be it with all others
        assertTrue(database.scans("groups") <= before + TIMES);
    }

    /** Those of one kind that stand together at an end of the order, of all roles and states, are not passed by lists of the other. */
    @Test
    @Order(8)
    void whenManyServiceAccountsComeFirstAndLastThenNoListOfPersonsPassesThem() throws Exception {
        for (String end : List.of("aa", "zz")) {
            database.execute(SERVICE_ACCOUNTS.formatted(end, MOST));
        }
        List<String> paths = new ArrayList<>();
        for (String filter : List.of("", "&role=admin", "&role=viewer", "&status=active", "&status=deactivated")) {
            paths.add("/api/v1/users?limit=20" + filter);
            paths.add("/api/v1/users?limit=20&sort=-name" + filter);
        }
        paths.addAll(List.of(
                "/api/v1/users?limit=20&sort=created_at",
                "/api/v1/users?limit=20&sort=-created_at",
                "/api/v1/service-accounts?limit=20",
                "/api/v1/users?limit=20&kind=service&role=member",
                "/api/v1/users?limit=20&kind=service&status=active",
                "/api/v2/users?limit=20",
                "/users?limit=20",
                "/users?limit=20&is_active=true",
                "/users?limit=20&is_active=false",
                "/api/v1/app/users?page_size=20"));
        assertEquals(Map.of(), dear(MOST / 10, paths));
        database.execute("ANALYZE users");
        assertEquals(Map.of(), dear(MOST / 10, paths));
        List<String> deep = new ArrayList<>();
        for (String filter : List.of("", "&status=active", "&kind=service", "&kind=service&role=admin")) {
            deep.add(deep("/api/v1/users?sort=name" + filter));
            deep.add(deep("/api/v1/users?sort=-name" + filter));
        }
        assertEquals(Map.of(), dear(MOST_OF_ONE, deep));
    }

    /** From the page before, whose place is remembered. */
    @Test
    @Order(10)
    void whenAPageIsCountedFromTheBeginningThenTheNextOneIsNot() throws Exception {
        int offset = ROWS - 2_000;
        assertEquals(200, replica.get("/users?limit=20&offset=" + offset, token).statusCode());
        assertEquals(Map.of(), dear(MOST_OF_ONE, List.of("/users?limit=1&offset=" + (offset + 20))));
    }

    @Test
    @Order(9)
    void whenTheNewestInvitesArePendingThenNoListOfOthersPassesThem() throws Exception {
        database.execute(PENDING_INVITES.formatted(MOST));
        List<String> paths = new ArrayList<>();
        List<String> deep = new ArrayList<>();
        for (String status : List.of("accepted", "revoked", "pending")) {
            paths.add("/api/v1/invites?limit=20&status=" + status);
            deep.add(deep("/api/v1/invites?status=" + status));
        }
        assertEquals(Map.of(), dear(MOST / 10, paths));
        database.execute("ANALYZE invites");
        assertEquals(Map.of(), dear(MOST / 10, paths));
        assertEquals(Map.of(), dear(MOST_OF_ONE, deep));
    }

    /** One row of a list, behind as many pages of a thousand as it has, twenty at most. */
    private static String deep(String list) throws Exception {
        String behind = "";
        for (int pages = 0; pages < 20; pages++) {
            String page = replica.get(list + "&limit=1000" + behind, token).body();
            String cursor = new JsonObject(page).getString("next_cursor");
            if (cursor == null) {
                break;
            }
            behind = "&cursor=" + cursor;
        }
        return list + "&limit=1" + behind;
    }

    private static boolean isAnswered() {
        try {
            return replica.get("/api/v1/users?limit=40", token).statusCode() == 200;
        } catch (Exception lost) {
            return false;
        }
    }

    private static String inGroup(String name) {
        return "EXISTS (SELECT 1 FROM memberships m JOIN groups g ON g.id = m.group_id WHERE m.user_id = u.id AND g.name = '"
                + name + "')";
    }

    private static List<String> names(String path, int pages) throws Exception {
        List<String> names = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < pages && !cursor.endsWith("=null"); page++) {
            JsonObject answer = new JsonObject(replica.get(path + cursor, token).body());
            answer.getJsonArray("items").forEach(item -> names.add(((JsonObject) item).getString("name")));
            cursor = "&cursor=" + answer.getString("next_cursor");
        }
        return names;
    }

    /** The requests of which a statement costs too much, with the blocks that it touches. */
    private static Map<String, String> dear() throws Exception {
        return dear(MOST, paths());
    }

    private static Map<String, String> dear(int allowed, List<String> paths) throws Exception {
        Map<String, String> found = new TreeMap<>();
        for (String path : paths) {
            String most = database.dearest(allowed, () -> {
                for (int i = 0; i < TIMES; i++) {
                    assertEquals(200, replica.get(path, token).statusCode(), path);
                }
            });
            if (most != null) {
                found.put(path, most);
            }
        }
        return found;
    }

    private static List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (String filter : List.of(
                "",
                "&role=admin",
                "&role=viewer",
                "&status=deactivated",
                "&status=pending_sign_up",
                "&kind=service",
                "&role=admin&status=deactivated",
                "&role=admin&kind=service",
                "&kind=service&status=deactivated",
                "&role=viewer&status=pending_sign_up",
                "&email=user3@example.com",
                "&email=nobody@example.com",
                "&group=group0",
                "&group=group7",
                "&group=group1001",
                "&group=group1002",
                "&group=nobodys",
                "&group=group1001&role=admin",
                "&group=group0&status=deactivated",
                "&group=group0&role=viewer",
                "&group=group0&q=user77",
                "&group=group0&q=nobody",
                "&q=user77",
                "&q=ser77",
                "&q=us",
                "&q=nobody",
                "&q=user&role=admin",
                "&q=user&status=deactivated",
                "&q=user&group=group7")) {
            for (String sort : List.of("", "&sort=-created_at")) {
                paths.add("/api/v1/users?limit=50" + filter + sort);
            }
        }
        paths.addAll(List.of("/api/v1/users?limit=50&sort=-name", "/api/v1/users?limit=50&sort=created_at"));
        for (String status : List.of("pending", "revoked", "expired", "accepted")) {
            paths.add("/api/v1/invites?limit=50&status=" + status);
        }
        paths.addAll(List.of(
                "/api/v1/users/user500",
                "/api/v1/users/user17",
                "/api/v1/users/user19/sessions?limit=50",
                "/api/v1/users/user19/sessions?limit=50&status=ended",
                "/api/v1/users/me",
                "/api/v1/users/me/sessions?limit=50",
                "/api/v1/service-accounts?limit=50",
                "/api/v1/service-accounts/user1",
                "/api/v1/service-accounts/user1/secrets?limit=50",
                "/api/v1/groups?limit=50",
                "/api/v1/groups/group0",
                "/api/v1/invites?limit=50",
                "/api/v1/api-keys?limit=50",
                "/api/v1/applications?limit=50",
                "/api/v1/audit-events?limit=50",
                "/api/v1/audit-events?limit=50&type=user.removed",
                "/api/v1/audit-events?limit=50&type=session.ended",
                "/api/v2/users?limit=50&group=group7",
                "/api/v2/users?limit=50&group=group7&page=2",
                "/api/v2/users?limit=50&group=group0&page=3",
                "/api/v2/users?limit=50&group=group0&role=admin",
                "/api/v2/users?limit=50&group=nobodys",
                "/users?limit=50",
                "/users?limit=50&email=user3@example.com",
                "/users?limit=50&is_active=false",
                "/users?limit=50&is_active=true",
                "/users?limit=50&oauth_provider=github",
                "/users?limit=50&oauth_provider=gitlab",
                "/users?limit=50&oauth_provider=github&oauth_id=subject6",
                "/users?limit=50&oauth_id=subject6",
                "/users?limit=50&is_active=false&email=user3@example.com",
                "/api/v1/app/users?page_size=50",
                "/api/v1/app/user?email=user3@example.com"));
        return paths;
    }
}

package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.Http;
import dev.roster.testing.Replica;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
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
    private static final int USUAL = 120_000;
    private static final int ROWS = Integer.getInteger("roster.plans.rows", USUAL);

    private static final int IMPORTED = 60_000;

    // Of which nothing is left where a hundred bytes of each account are kept
    private static final String HEAP = "-Xmx80m";

    // A thousand accounts found by an index, and less than all of them in a scan of the table
    private static final int MOST = 6_000;

    // One row by an index, with all that belongs to it
    private static final int MOST_OF_ONE = 60;

    // What else than an order by names decides which way is right
    private static final List<String> PASSING = List.of(
            "&q=",
            "&group=group",
            "oauth_",
            "&sort=-created_at",
            "&all=true",
            "&type=user.*",
            "user19/sessions",
            "me/applications");

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
    private static ManyLists lists;

    @BeforeAll
    static void start() throws Exception {
        database = new ManyRows(folder, ROWS);
        replica = Replica.start(database.url(), folder, HEAP, "roster.db.pool.size=2");
        token = replica.adminToken();
        database.load(1, 1_000);
        lists = new ManyLists(replica, database);
    }

    @AfterAll
    static void stop() throws Exception {
        replica.close();
        database.close();
    }

    @Test
    @Order(0)
    void whenAStatementWalksATableThenItIsFound() throws Exception {
        String dearest = database.dearest(1, () -> database.rows("SELECT count(search_text) FROM users"));
        assertTrue(dearest != null && dearest.contains("search_text"), dearest);
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
    void whenThePlannerKnowsNothingThenHotReadsAreAsEverAndTheServiceSeesToIt() throws Exception {
        database.uncounted(() -> {
            database.forgetStatistics();
            assertEquals(Map.of(), dear(lists.paths(), PlansIT::allowedUncounted, path -> isPassing(path) ? 1 : TIMES));
            assertEquals(-1, database.counted());
        });
        database.awaitStatistics();
        assertEquals(Map.of(), dear());
    }

    @Test
    @Order(3)
    void whenLargeGroupsWereSmallThenNoneWalksThem() throws Exception {
        database.awaitStatistics();
        database.skewed(() -> assertEquals(Map.of(), dear()));
    }

    @Test
    @Order(4)
    void whenThePlannerKnowsLittleThenNoneWalksThem() throws Exception {
        database.execute("SET default_statistics_target = 10; ANALYZE");
        assertEquals(Map.of(), dear());
    }

    @Test
    @Order(5)
    void whenThePlannerKnowsWhatItUsuallyKnowsThenNoneWalksThem() throws Exception {
        database.execute("ANALYZE");
        assertEquals(Map.of(), dear());
        assertEquals(Map.of(), dear(lists.streams(), PlansIT::allowed, path -> 1));
    }

    /** Far more than the memory that the replica has, both ways. */
    @Test
    @Order(6)
    void whenAllAreExportedAndImportedAgainThenNoneIsKeptInMemory() throws Exception {
        Path exported = folder.resolve("exported");
        assertNull(database.dearest(MOST, () -> lists.export(exported)));
        Object persons = database.value("SELECT count(*) FROM users WHERE kind = 'person'");
        try (Stream<String> lines = Files.lines(exported)) {
            assertEquals(persons, lines.count());
        }
        Path some = folder.resolve("some");
        try (Stream<String> lines = Files.lines(exported)) {
            Files.write(some, lines.limit(IMPORTED).toList());
        }
        JsonObject summary = new JsonObject(lists.importOf(some));
        assertEquals(0, summary.getLong("errors"), summary::encode);
        assertEquals(IMPORTED, summary.getLong("unchanged"), summary::encode);
    }

    @Test
    @Order(7)
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
    @Order(8)
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
    @Order(9)
    void whenThereAreAHundredGroupsThenAPageDoesNotReadThemForEachOfItsUsers() throws Exception {
        database.execute("SET session_replication_role = replica;"
                + " DELETE FROM groups WHERE CAST(substr(name, 6) AS integer) >= 100;"
                + " DELETE FROM memberships m WHERE NOT EXISTS (SELECT FROM groups g WHERE g.id = m.group_id)");
        database.execute("VACUUM FULL groups");
        database.execute("ANALYZE");
        assertEquals(0, scansOfGroups("/api/v1/users/user19"));
        // A page reads each of its groups once, be it with all others
        assertEquals(40, names("/api/v1/users?limit=40", 1).size());
        long ofPages = scansOfGroups("/api/v1/users?limit=40");
        assertTrue(ofPages <= TIMES, ofPages + " scans");
    }

    /** How often groups are read as a whole for so many requests: the least of three looks, as the background reads them twice a minute too. */
    private static long scansOfGroups(String path) throws Exception {
        long least = Long.MAX_VALUE;
        for (int look = 0; look < 3; look++) {
            long before = database.scans("groups");
            for (int i = 0; i < TIMES; i++) {
                // Each look ends the connections, and one may be taken before that is seen
                assertEquals(200, Http.untilServed(() -> status(path), status -> status));
            }
            least = Math.min(least, database.scans("groups") - before);
        }
        return least;
    }

    /** Those of one kind that stand together at an end of the order, of all roles and states, are not passed by lists of the other. */
    @Test
    @Order(10)
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
    @Order(12)
    void whenAPageIsCountedFromTheBeginningThenTheNextOneIsNot() throws Exception {
        int offset = ROWS - 2_000;
        assertEquals(200, replica.get("/users?limit=20&offset=" + offset, token).statusCode());
        assertEquals(Map.of(), dear(MOST_OF_ONE, List.of("/users?limit=1&offset=" + (offset + 20))));
    }

    @Test
    @Order(11)
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

    private static int status(String path) {
        try {
            return replica.get(path, token).statusCode();
        } catch (Exception lost) {
            throw new IllegalStateException(lost);
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
        return dear(lists.paths(), PlansIT::allowed);
    }

    /** What a search finds far away, or of a large group, is sorted: as much more of it as there are more accounts. */
    private static int allowed(String path) {
        boolean isSorted = path.contains("&q=") || path.contains("&group=group");
        return isSorted ? MOST * Math.max(1, ROWS / USUAL) : MOST;
    }

    /**
     * In the seconds until the tables are counted, which are those after a restore, lists whose order is not that of names may
     * pass each account, and look for its membership; never more.
     */
    private static int allowedUncounted(String path) {
        return isPassing(path) ? 5 * ROWS : MOST;
    }

    private static boolean isPassing(String path) {
        return PASSING.stream().anyMatch(path::contains);
    }

    private static Map<String, String> dear(int allowed, List<String> paths) throws Exception {
        return dear(paths, path -> allowed);
    }

    private static Map<String, String> dear(List<String> paths, ToIntFunction<String> allowed) throws Exception {
        return dear(paths, allowed, path -> TIMES);
    }

    private static Map<String, String> dear(
            List<String> paths, ToIntFunction<String> allowed, ToIntFunction<String> times) throws Exception {
        Map<String, String> found = new TreeMap<>();
        for (String path : paths) {
            String most = database.dearest(allowed.applyAsInt(path), () -> {
                for (int i = 0; i < times.applyAsInt(path); i++) {
                    assertEquals(path.endsWith("/nobody@example.com") ? 404 : 200, lists.status(path), path);
                }
            });
            if (most != null) {
                found.put(path, most);
            }
        }
        return found;
    }
}

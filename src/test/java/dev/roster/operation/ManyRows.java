package dev.roster.operation;

import dev.roster.testing.Eventually;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.ProjectFiles;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** A database that counts the blocks that statements touch, filled by {@code many-rows.sql}. */
final class ManyRows extends KillableDatabase {
    /** What is looked at. */
    interface Work {
        void run() throws Exception;
    }

    private final int groups;

    ManyRows(Path folder) throws Exception {
        this(folder, 0);
    }

    /**
     * One with more than a thousand small groups, if so many accounts fill them.
     *
     * @param accounts how many are loaded at last
     */
    ManyRows(Path folder, int accounts) throws Exception {
        super(
                folder.resolve("database"),
                Map.of(
                        "shared_preload_libraries", "pg_stat_statements",
                        "pg_stat_statements.track_utility", "off",
                        "autovacuum", "off",
                        "jit", "off",
                        "shared_buffers", "512MB"));
        groups = Math.max(1_000, accounts / 100);
        execute("CREATE EXTENSION pg_stat_statements");
    }

    /** Adds accounts with these numbers to the default organization, and waits until the service has seen to the statistics. */
    void load(int first, int last) throws Exception {
        execute(ProjectFiles.text("src/test/resources/many-rows.sql")
                .replace(":groups", String.valueOf(groups))
                .replace(":first", String.valueOf(first))
                .replace(":rows", String.valueOf(last)));
        awaitStatistics();
    }

    void awaitStatistics() throws Exception {
        Eventually.holds(
                () -> rows("SELECT c.relname, c.reltuples FROM pg_class c JOIN pg_stat_user_tables s ON s.relid = c.oid"
                                + " WHERE s.n_live_tup > 500 AND c.reltuples < s.n_live_tup / 2")
                        .isEmpty());
    }

    /** The planner knows nothing of any row, as after a restore. */
    void forgetStatistics() throws Exception {
        execute("SET allow_system_table_mods = on; DELETE FROM pg_statistic;"
                + " UPDATE pg_class SET reltuples = -1, relpages = 0"
                + " WHERE relkind IN ('r', 'i') AND relnamespace = CAST('public' AS regnamespace)");
    }

    /** For how many accounts the planner takes the table of them; -1 where nobody has counted it. */
    long counted() {
        return Long.parseLong(
                rows("SELECT CAST(reltuples AS bigint) FROM pg_class WHERE oid = CAST('users' AS regclass)")
                        .get(0)
                        .get(0));
    }

    /** Keeps the service from counting tables meanwhile: it leaves those that another counts. */
    void uncounted(Work work) throws Exception {
        String tables = rows("SELECT string_agg(quote_ident(relname), ', ') FROM pg_class"
                        + " WHERE relkind = 'r' AND relnamespace = CAST('public' AS regnamespace)")
                .get(0)
                .get(0);
        try (Connection counting = connect();
                Statement statement = counting.createStatement()) {
            counting.setAutoCommit(false);
            statement.execute("LOCK TABLE " + tables + " IN SHARE UPDATE EXCLUSIVE MODE");
            work.run();
            counting.rollback();
        }
    }

    /** The large groups become large while the planner knows nothing larger than the small ones. */
    void skewed(Work work) throws Exception {
        String large = " FROM memberships m WHERE m.group_id IN"
                + " (SELECT id FROM groups WHERE name IN ('group0', 'group1001', 'group1002'))";
        execute("CREATE TABLE kept AS SELECT m.*" + large);
        execute("DELETE" + large);
        execute("VACUUM ANALYZE memberships");
        uncounted(() -> {
            execute("SET session_replication_role = replica; INSERT INTO memberships SELECT * FROM kept");
            work.run();
        });
        execute("DROP TABLE kept");
    }

    /** How often a table has been read as a whole; connections that know more than they have told are ended. */
    long scans(String table) throws Exception {
        execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
        return Long.parseLong(rows("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = '" + table + "'")
                .get(0)
                .get(0));
    }

    /**
     * The statement that touches most blocks at one execution, with their number; null where that is not more than allowed.
     * Fails where there was none at all.
     */
    String dearest(int allowed, Work work) throws Exception {
        execute("SELECT pg_stat_statements_reset()");
        work.run();
        List<List<String>> found =
                rows("SELECT (shared_blks_hit + shared_blks_read) / calls, query FROM pg_stat_statements"
                        + " WHERE query NOT LIKE '%pg_stat%' ORDER BY 1 DESC LIMIT 1");
        if (found.isEmpty()) {
            throw new IllegalStateException("no statement was seen");
        }
        return Long.parseLong(found.get(0).get(0)) <= allowed
                ? null
                : found.get(0).get(0) + " blocks: " + found.get(0).get(1);
    }
}

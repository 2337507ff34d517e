package dev.roster.operation;

import dev.roster.testing.Eventually;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.ProjectFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A database that counts the blocks that statements touch, filled by {@code many-rows.sql}. */
final class ManyRows extends KillableDatabase {
    /** What is looked at. */
    interface Work {
        void run() throws Exception;
    }

    ManyRows(Path folder) throws Exception {
        super(
                folder.resolve("database"),
                Map.of(
                        "shared_preload_libraries", "pg_stat_statements",
                        "pg_stat_statements.track_utility", "off",
                        "autovacuum", "off",
                        "jit", "off",
                        "shared_buffers", "512MB"));
        execute("CREATE EXTENSION pg_stat_statements");
    }

    /** Adds accounts with these numbers to the default organization, and waits until the service has seen to the statistics. */
    void load(int first, int last) throws Exception {
        execute(ProjectFiles.text("src/test/resources/many-rows.sql")
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

    /** How often a table has been read as a whole; connections that know more than they have told are ended. */
    long scans(String table) throws Exception {
        execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
        return Long.parseLong(rows("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = '" + table + "'")
                .get(0)
                .get(0));
    }

    /** The statement that touches most blocks at one execution, with their number; null where that is not more than allowed. */
    String dearest(int allowed, Work work) throws Exception {
        execute("SELECT pg_stat_statements_reset()");
        work.run();
        List<List<String>> found =
                rows("SELECT (shared_blks_hit + shared_blks_read) / calls, query FROM pg_stat_statements"
                        + " WHERE query NOT LIKE '%pg_stat%' ORDER BY 1 DESC LIMIT 1");
        return found.isEmpty() || Long.parseLong(found.get(0).get(0)) <= allowed
                ? null
                : found.get(0).get(0) + " blocks: " + found.get(0).get(1);
    }
}

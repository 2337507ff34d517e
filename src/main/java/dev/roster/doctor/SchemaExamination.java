package dev.roster.doctor;

import java.sql.SQLException;
import java.util.List;

/** Looks at what the role may do with the tables, and at what the tables need to be fast. */
final class SchemaExamination {
    private static final String EXTENSIONS = "('pg_trgm'), ('btree_gin')";

    private static final String TABLES =
            " FROM pg_class c WHERE c.relnamespace = to_regnamespace(current_schema()) AND c.relkind IN ('r', 'p')";

    private final Server server;
    private final boolean standbys;
    private final Findings findings;

    SchemaExamination(Server server, boolean standbys, Findings findings) {
        this.server = server;
        this.standbys = standbys;
        this.findings = findings;
    }

    void examine() {
        findings.look("database.rights", this::rights);
        findings.look("database.extensions", this::extensions);
        findings.look("database.statistics", this::statistics);
        findings.look("database.citus", this::citus);
    }

    private void rights() throws SQLException {
        String schema = server.value("SELECT current_schema()");
        List<String> closed = server.column("SELECT relname" + TABLES + """
                 AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
                          AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE'))
                 ORDER BY relname LIMIT 3
                """);
        List<String> foreign = server.column(
                "SELECT relname" + TABLES + " AND NOT pg_has_role(c.relowner, 'USAGE') ORDER BY relname LIMIT 3");
        if (schema == null) {
            findings.error("database.rights", "the role sees no schema: GRANT USAGE, CREATE ON SCHEMA public");
        } else if (!closed.isEmpty()) {
            findings.error(
                    "database.rights",
                    "the role may not read and write " + String.join(", ", closed)
                            + ": GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + schema);
        } else if (!server.is("SELECT has_schema_privilege(current_schema(), 'CREATE')")) {
            findings.warning("database.rights", "the role cannot migrate: it makes no tables in the schema " + schema);
        } else if (!foreign.isEmpty()) {
            findings.warning(
                    "database.rights",
                    "the role cannot migrate: %s are another role's".formatted(String.join(", ", foreign)));
        } else if (server.is("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")) {
            findings.warning("database.rights", "the role is a superuser, which is more than needed: take the owner");
        } else {
            findings.ok("database.rights", "the role reads, writes and migrates the schema " + schema);
        }
    }

    private void extensions() throws SQLException {
        List<String> missing = server.column("""
                SELECT e.name FROM (VALUES %s) e(name)
                 WHERE NOT EXISTS (SELECT FROM pg_extension x WHERE x.extname = e.name)
                   AND (NOT EXISTS (SELECT FROM pg_available_extensions a WHERE a.name = e.name)
                        OR NOT has_database_privilege(current_database(), 'CREATE'))
                """.formatted(EXTENSIONS));
        if (missing.isEmpty()) {
            findings.ok("database.extensions", "pg_trgm and btree_gin are there, or come with the migrations");
        } else {
            findings.error(
                    "database.extensions",
                    "the role cannot make " + String.join(", ", missing)
                            + ": install the package of PostgreSQL's own extensions, and let an administrator"
                            + " CREATE EXTENSION, or GRANT CREATE ON DATABASE");
        }
    }

    private void statistics() throws SQLException {
        List<String> unknown = server.column("SELECT relname" + TABLES
                + " AND c.reltuples < 0 AND pg_relation_size(c.oid) > 1024 * 1024 ORDER BY relname LIMIT 5");
        if (unknown.isEmpty()) {
            findings.ok("database.statistics", "every table that is not small has been analyzed");
        } else {
            findings.warning(
                    "database.statistics",
                    "plans are guesses, as after a restore: ANALYZE " + String.join(", ", unknown));
        }
    }

    private void citus() throws SQLException {
        if (!server.is("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')")) {
            return;
        }
        List<String> away = server.column("SELECT nodename FROM pg_dist_node WHERE NOT isactive");
        if (!server.is("SELECT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = to_regclass('users'))")) {
            findings.error("database.citus", "users is not distributed: run distribute.sql after the migrations");
        } else if (!away.isEmpty()) {
            findings.error("database.citus", "nodes are not active: " + String.join(", ", away));
        } else {
            findings.ok("database.citus", server.value("SELECT citus_version()"));
        }
        if (standbys) {
            findings.warning(
                    "database.citus",
                    "ROSTER_DB_READ_URL is not for Citus: the coordinator's log does not tell how far workers are");
        }
    }
}

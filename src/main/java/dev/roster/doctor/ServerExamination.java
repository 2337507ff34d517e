package dev.roster.doctor;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Looks at the server that the service will use: its version, its settings, its clock, its room. */
final class ServerExamination {
    private static final int OLDEST = 15;

    /** Tokens and revocations are compared with times of both. */
    private static final Duration SKEW_NOTICED = Duration.ofSeconds(1);

    private static final Duration SKEW_HARMFUL = Duration.ofSeconds(30);

    /** Of a migration, which has a pool of its own. */
    private static final int MIGRATION = 3;

    /** Of work_mem, in kB: below, a group's members are no set that accounts are looked up in. */
    private static final long SETS_FIT = 1024;

    private static final long OLD_TRANSACTIONS = 1_000_000_000;

    private final Server server;
    private final Findings findings;

    ServerExamination(Server server, Findings findings) {
        this.server = server;
        this.findings = findings;
    }

    void examine(Clock clock, int pool, int replicas) {
        findings.look("database.version", this::version);
        findings.look("database.encoding", this::encoding);
        findings.look("database.clock", () -> clock(clock));
        findings.look("database.time_zone", this::timeZone);
        findings.look("database.durability", this::durability);
        findings.look("database.connections", () -> connections(pool, replicas));
        findings.look("database.memory", this::memory);
        findings.look("database.disk", this::disk);
        findings.look("database.vacuum", this::vacuum);
    }

    private void version() throws SQLException {
        long number = server.number("SELECT current_setting('server_version_num')");
        String version = "PostgreSQL " + server.value("SELECT current_setting('server_version')");
        if (number / 10_000 < OLDEST) {
            findings.error("database.version", version + " is too old: %s or later is needed".formatted(OLDEST));
        } else {
            findings.ok("database.version", version);
        }
    }

    private void encoding() throws SQLException {
        String encoding = server.value("SELECT current_setting('server_encoding')");
        String type = server.value("SELECT datctype FROM pg_database WHERE datname = current_database()");
        if (!encoding.equals("UTF8")) {
            findings.error(
                    "database.encoding",
                    "the database is in %s, and names are in all languages: make it with ENCODING 'UTF8'"
                            .formatted(encoding));
        } else if (type.equals("C") || type.equals("POSIX")) {
            // pg_trgm takes nothing else for letters then
            findings.warning(
                    "database.encoding",
                    "LC_CTYPE is %s, for which letters are a to z: searches in other scripts read all accounts of an"
                                    .formatted(type)
                            + " organization, make the database with LC_CTYPE 'C.UTF-8'");
        } else {
            findings.ok("database.encoding", encoding + ", " + type);
        }
    }

    private void clock(Clock clock) throws SQLException {
        Instant before = clock.instant();
        long microseconds = server.number("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)");
        Instant after = clock.instant();
        Instant there = Instant.ofEpochSecond(microseconds / 1_000_000, microseconds % 1_000_000 * 1000);
        Duration skew = there.isBefore(before)
                ? Duration.between(there, before)
                : there.isAfter(after) ? Duration.between(after, there) : Duration.ZERO;
        String message = "the clocks of this machine and the database are %s ms apart".formatted(skew.toMillis());
        String advice = ": let both follow the same time servers";
        if (skew.compareTo(SKEW_HARMFUL) > 0) {
            findings.error("database.clock", message + advice);
        } else if (skew.compareTo(SKEW_NOTICED) > 0) {
            findings.warning("database.clock", message + advice);
        } else {
            findings.ok("database.clock", message);
        }
    }

    private void timeZone() throws SQLException {
        findings.ok(
                "database.time_zone",
                server.value("SELECT current_setting('TimeZone')")
                        + ": only the server's log shows it, what is kept has none");
    }

    private void durability() throws SQLException {
        List<String> off = server.column("""
                SELECT name FROM pg_settings
                 WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' ORDER BY name
                """);
        if (off.isEmpty()) {
            findings.ok("database.durability", "what is acknowledged is on disk");
        } else {
            findings.warning(
                    "database.durability",
                    "%s is off: what was acknowledged may be lost".formatted(String.join(", ", off)));
        }
    }

    private void connections(int pool, int replicas) throws SQLException {
        long most = server.number("""
                SELECT least(
                    current_setting('max_connections')::int
                        - current_setting('superuser_reserved_connections')::int
                        - coalesce(current_setting('reserved_connections', true)::int, 0),
                    (SELECT CASE WHEN rolconnlimit < 0 THEN 1000000 ELSE rolconnlimit END
                       FROM pg_roles WHERE rolname = current_user),
                    (SELECT CASE WHEN datconnlimit < 0 THEN 1000000 ELSE datconnlimit END
                       FROM pg_database WHERE datname = current_database()))
                """);
        // In a rollout one more is there, and one that still ends
        long atOnce = replicas > 1 ? replicas + 2L : 1;
        long needed = atOnce * (pool + 1) + MIGRATION;
        String sum = "%s replicas%s × (%s + 1) + %s for migrations = %s of %s connections"
                .formatted(atOnce, replicas > 1 ? " in a rollout" : "", pool, MIGRATION, needed, most);
        if (needed > most) {
            findings.error(
                    "database.connections",
                    sum + ": lower ROSTER_DB_POOL_SIZE, or raise max_connections or the limit of role or database");
        } else {
            findings.ok("database.connections", sum);
        }
    }

    private void memory() throws SQLException {
        String size = "work_mem is " + server.value("SELECT current_setting('work_mem')");
        if (server.number("SELECT setting FROM pg_settings WHERE name = 'work_mem'") < SETS_FIT) {
            findings.warning(
                    "database.memory",
                    size + ": lists of the members of large groups get slow, set it to 1MB or more, 4MB is usual");
        } else {
            findings.ok("database.memory", size);
        }
    }

    private void disk() throws SQLException {
        List<String> slots = server.column("""
                SELECT slot_name || ' holds back '
                       || pg_size_pretty(pg_wal_lsn_diff(
                           CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END,
                           restart_lsn))
                  FROM pg_replication_slots
                 WHERE NOT active AND NOT temporary AND restart_lsn IS NOT NULL
                 ORDER BY slot_name
                """);
        String size = server.value("SELECT pg_size_pretty(pg_database_size(current_database()))");
        if (slots.isEmpty()) {
            findings.ok("database.disk", size + "; how much is free only the server's machine knows");
        } else {
            findings.warning(
                    "database.disk",
                    "replication slots that nobody reads fill the disk of the server, drop what has no reader any more: "
                            + String.join(", ", slots));
        }
    }

    private void vacuum() throws SQLException {
        if (!server.is("SELECT current_setting('autovacuum')::boolean")) {
            findings.warning("database.vacuum", "autovacuum is off: tables and their statistics rot, turn it on");
        } else if (server.number("SELECT age(datfrozenxid) FROM pg_database WHERE datname = current_database()")
                > OLD_TRANSACTIONS) {
            findings.warning("database.vacuum", "old transactions are not frozen: VACUUM FREEZE, before writes stop");
        } else {
            findings.ok("database.vacuum", "autovacuum is on");
        }
    }
}

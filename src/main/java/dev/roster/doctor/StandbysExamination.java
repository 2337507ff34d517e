package dev.roster.doctor;

import dev.roster.platform.database.DatabaseAddress;
import java.sql.SQLException;

/** Signs in to every server of {@code ROSTER_DB_READ_URL}, and looks whether lists can come from it: whose it is, how far. */
final class StandbysExamination {
    private static final String CHECK = "database.standbys";

    /** Made by initdb, and the same in every copy of that folder. */
    private static final String CLUSTER = "SELECT system_identifier FROM pg_control_system()";

    private static final String WRITTEN = "SELECT pg_current_wal_flush_lsn()";

    private static final String BEHIND = "SELECT greatest(pg_wal_lsn_diff('%s', pg_last_wal_replay_lsn()), 0)::bigint";

    /** A standby that is well has everything within milliseconds. */
    private static final int LOOKS = 40;

    private final DatabaseAddress address;
    private final Server primary;
    private final Findings findings;

    StandbysExamination(DatabaseAddress address, Server primary, Findings findings) {
        this.address = address;
        this.primary = primary;
        this.findings = findings;
    }

    void examine() {
        for (Server server : new Reach("ROSTER_DB_READ_URL", address, CHECK, findings).servers()) {
            try (server) {
                findings.look(CHECK, () -> standby(server));
            }
        }
    }

    private void standby(Server server) throws SQLException {
        if (!server.value(CLUSTER).equals(primary.value(CLUSTER))) {
            findings.error(
                    CHECK,
                    server.name() + " has the data of another cluster: ROSTER_DB_READ_URL must name standbys"
                            + " of the server that takes writes");
        } else if (!server.is("SELECT pg_is_in_recovery()")) {
            findings.warning(CHECK, server.name() + " is no standby: lists are not read from it");
        } else if (primary.is("SELECT pg_is_in_recovery()")) {
            findings.ok(
                    CHECK, server.name() + " is a standby; how far it is behind only a server that takes writes knows");
        } else {
            lag(server);
        }
    }

    private void lag(Server standby) throws SQLException {
        String query = BEHIND.formatted(primary.value(WRITTEN));
        long behind = standby.number(query);
        for (int look = 1; behind > 0 && look < LOOKS; look++) {
            standby.value("SELECT pg_sleep(0.05)");
            behind = standby.number(query);
        }
        if (behind > 0) {
            findings.warning(
                    CHECK,
                    "%s is %d KiB behind after %d seconds: lists wait ROSTER_DB_READ_PATIENCE for it,"
                                    .formatted(standby.name(), (behind + 1023) / 1024, LOOKS / 20)
                            + " and come from the server that takes writes");
        } else {
            findings.ok(CHECK, standby.name() + " is a standby and has everything that is committed");
        }
    }
}

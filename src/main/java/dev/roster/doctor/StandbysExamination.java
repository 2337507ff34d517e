package dev.roster.doctor;

import dev.roster.platform.database.DatabaseAddress;
import dev.roster.platform.standby.WalPosition;
import java.sql.SQLException;
import java.util.List;

/** Signs in to every server of {@code ROSTER_DB_READ_URL}, and looks whether lists can come from it: whose it is, how far. */
final class StandbysExamination {
    private static final String CHECK = "database.standbys";

    private static final String CLUSTER = "SELECT system_identifier FROM pg_control_system()";

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
        WalPosition written = position(primary, WalPosition.WRITTEN);
        WalPosition replayed = position(standby, WalPosition.REPLAYED);
        for (int look = 1; replayed.approaches(written) && look < LOOKS; look++) {
            standby.value("SELECT pg_sleep(0.05)");
            replayed = position(standby, WalPosition.REPLAYED);
        }
        if (replayed.reaches(written)) {
            findings.ok(CHECK, standby.name() + " is a standby and has everything that is committed");
        } else if (replayed.approaches(written)) {
            findings.warning(
                    CHECK,
                    "%s is %s KiB behind after %s seconds: lists wait ROSTER_DB_READ_PATIENCE for it,"
                                    .formatted(
                                            standby.name(),
                                            (written.bytes() - replayed.bytes() + 1023) / 1024,
                                            LOOKS / 20)
                            + " and come from the server that takes writes");
        } else {
            findings.warning(
                    CHECK,
                    "%s is on timeline %s and the server that takes writes on %s, lists are not read from it: it follows"
                                    .formatted(standby.name(), replayed.timeline(), written.timeline())
                            + " another server, or a failover was lately (CHECKPOINT there, and look again)");
        }
    }

    private static WalPosition position(Server server, String query) throws SQLException {
        List<List<String>> rows = server.rows(query);
        if (rows.isEmpty()) {
            throw new SQLException(server.name() + " is no standby any more");
        }
        return new WalPosition(
                Long.parseLong(rows.get(0).get(0)),
                Long.parseLong(rows.get(0).get(1)),
                Long.parseLong(rows.get(0).get(2)));
    }
}

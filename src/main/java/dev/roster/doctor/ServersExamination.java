package dev.roster.doctor;

import dev.roster.platform.database.DatabaseAddress;
import dev.roster.platform.database.ServerChange;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Signs in to every server of {@code ROSTER_DB_URL}, and looks which of them takes writes. */
final class ServersExamination {
    private static final String CHECK = "database.servers";

    /** What to look at, by SQLSTATE. */
    private static final Map<String, String> ADVICE = Map.of(
            "28P01", "look at ROSTER_DB_USERNAME and ROSTER_DB_PASSWORD",
            "28000", "look at ROSTER_DB_USERNAME and pg_hba.conf",
            "3D000", "create the database, or correct its name in ROSTER_DB_URL",
            "53300", "all connections of the server are taken, see max_connections",
            "57P03", "the server is starting or ending",
            "08001", "look at host and port of ROSTER_DB_URL, and what is between",
            "08006", "look at sslmode and sslrootcert in ROSTER_DB_URL, and what is between");

    private final DatabaseAddress address;
    private final Findings findings;

    ServersExamination(DatabaseAddress address, Findings findings) {
        this.address = address;
        this.findings = findings;
    }

    /** The server that takes writes, or one that answers; empty where none does. To be closed by the caller. */
    Optional<Server> examine() {
        List<Server> writing = new ArrayList<>();
        List<Server> reading = new ArrayList<>();
        for (String url : DatabaseAddress.servers(address.url())) {
            encrypted(url);
            reach(url, writing, reading);
        }
        if (writing.isEmpty() && !reading.isEmpty()) {
            findings.error(
                    CHECK,
                    "no server takes writes: promote one (SELECT pg_promote()), or take back"
                            + " default_transaction_read_only");
        }
        if (different(writing) > 1) {
            findings.error(
                    CHECK,
                    "more than one server takes writes (%s): end all but one, each has its own data from now on"
                            .formatted(names(writing)));
        }
        writing.addAll(reading);
        writing.stream().skip(1).forEach(Server::close);
        return writing.stream().findFirst();
    }

    /** One server may be named twice, and has one start. */
    private long different(List<Server> servers) {
        Set<String> starts = new HashSet<>();
        servers.forEach(server -> findings.look(
                CHECK, () -> starts.add(server.value("SELECT pg_postmaster_start_time() || current_setting('port')"))));
        return starts.size();
    }

    private void reach(String url, List<Server> writing, List<Server> reading) {
        try {
            Server server = Server.connect(url, address.username(), address.password());
            boolean readOnly = server.is(ServerChange.IS_READ_ONLY);
            (readOnly ? reading : writing).add(server);
            findings.ok(CHECK, server.name() + (readOnly ? " answers reads" : " answers reads and takes writes"));
        } catch (SQLException failure) {
            String advice = ADVICE.get(String.valueOf(failure.getSQLState()));
            findings.error(
                    CHECK,
                    Server.name(url) + " is not reached: " + Findings.firstLine(failure)
                            + (advice == null ? "" : "; " + advice));
        }
    }

    private void encrypted(String url) {
        boolean plain = !url.matches(".*[?&]sslmode=(require|verify-ca|verify-full)(&.*)?");
        if (plain && !isThisMachine(Server.name(url))) {
            findings.warning(
                    "database.encryption",
                    Server.name(url) + " is reached over a network without encryption for sure: add"
                            + " sslmode=verify-full&sslrootcert=FILE to ROSTER_DB_URL");
        }
    }

    private static boolean isThisMachine(String name) {
        String host = String.valueOf(URI.create("postgresql://" + name).getHost());
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private static String names(List<Server> servers) {
        return String.join(", ", servers.stream().map(Server::name).toList());
    }
}

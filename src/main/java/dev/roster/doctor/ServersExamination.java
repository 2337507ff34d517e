package dev.roster.doctor;

import dev.roster.platform.database.DatabaseAddress;
import dev.roster.platform.database.ServerChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Signs in to every server of {@code ROSTER_DB_URL}, and looks which of them takes writes. */
final class ServersExamination {
    private static final String CHECK = "database.servers";

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
        for (Server server : new Reach("ROSTER_DB_URL", address, CHECK, findings).servers()) {
            findings.look(CHECK, () -> {
                boolean readOnly = server.is(ServerChange.IS_READ_ONLY);
                (readOnly ? reading : writing).add(server);
                findings.ok(CHECK, server.name() + (readOnly ? " answers reads" : " answers reads and takes writes"));
            });
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

    private static String names(List<Server> servers) {
        return String.join(", ", servers.stream().map(Server::name).toList());
    }
}

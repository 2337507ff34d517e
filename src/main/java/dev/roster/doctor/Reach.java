package dev.roster.doctor;

import dev.roster.platform.database.DatabaseAddress;
import dev.roster.platform.error.Causes;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signs in to every server that a variable names, and says which of them are not reached.
 *
 * @param variable the name of the setting that the address comes from
 * @param check under which what is found is said
 */
record Reach(String variable, DatabaseAddress address, String check, Findings findings) {
    /** What to look at, by SQLSTATE, where %s is the variable. */
    private static final Map<String, String> ADVICE = Map.of(
            "28P01", "look at ROSTER_DB_USERNAME and ROSTER_DB_PASSWORD",
            "28000", "look at ROSTER_DB_USERNAME and pg_hba.conf",
            "3D000", "create the database, or correct its name in %s",
            "53300", "all connections of the server are taken, see max_connections",
            "57P03", "the server is starting or ending, or a standby without hot_standby",
            "08001", "look at host and port of %s, and what is between",
            "08006", "look at sslmode and sslrootcert in %s, and what is between");

    /** The servers that let the service in, to be closed by the caller. */
    List<Server> servers() {
        List<Server> reached = new ArrayList<>();
        for (String url : DatabaseAddress.servers(address.url())) {
            encrypted(url);
            connect(url).ifPresent(reached::add);
        }
        return reached;
    }

    private Optional<Server> connect(String url) {
        try {
            return Optional.of(Server.connect(url, address.username(), address.password()));
        } catch (SQLException failure) {
            String advice = ADVICE.get(String.valueOf(failure.getSQLState()));
            findings.error(
                    check,
                    Server.name(url) + " is not reached: " + Causes.firstLine(failure)
                            + (advice == null ? "" : "; " + advice.formatted(variable)));
            return Optional.empty();
        }
    }

    private void encrypted(String url) {
        boolean plain = !url.matches(".*[?&]sslmode=(require|verify-ca|verify-full)(&.*)?");
        if (plain && !isThisMachine(Server.name(url))) {
            findings.warning(
                    "database.encryption",
                    Server.name(url) + " is reached over a network without encryption for sure: add"
                            + " sslmode=verify-full&sslrootcert=FILE to " + variable);
        }
    }

    private static boolean isThisMachine(String name) {
        String host = String.valueOf(URI.create("postgresql://" + name).getHost());
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }
}

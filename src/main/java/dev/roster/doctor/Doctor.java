package dev.roster.doctor;

import dev.roster.platform.database.DatabaseAddress;
import dev.roster.platform.database.DatabaseSettings;
import dev.roster.platform.database.DatabaseStart;
import dev.roster.platform.database.StartRefused;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at the configuration of a service and at its database, whether or not the service could start with them, and says
 * what is wrong and what to do.
 */
public final class Doctor {
    /** What the first argument of the program has to be. */
    public static final String NAME = "doctor";

    private static final String USAGE = "usage: roster doctor [--format=text|json] [--replicas=NUMBER]";

    private static final Pattern OPTION =
            Pattern.compile("--(?:format=(?<format>text|json)|replicas=(?<replicas>[1-9][0-9]{0,3}))");

    private static final int WELL = 0;
    private static final int ILL = 1;
    private static final int WRONG_USAGE = 2;

    /** Below this, the embedded database soon stops. */
    private static final long ROOM = 1024L * 1024 * 1024;

    private final Variables variables;
    private final int replicas;
    private final Clock clock;
    private final Findings findings = new Findings();

    private Doctor(Variables variables, int replicas, Clock clock) {
        this.variables = variables;
        this.replicas = replicas;
        this.clock = clock;
    }

    /**
     * Looks at everything and prints what it has found, as text for people or JSON for programs.
     *
     * @param options {@code --format=text|json} and {@code --replicas=NUMBER}, how many there will be
     * @return the exit code: 0, 1 where something is wrong or cannot be told, 2 where the options are
     */
    public static int run(List<String> options, Map<String, String> environment, Properties properties, PrintStream out)
            throws IOException {
        boolean json = false;
        int replicas = 1;
        for (String option : options) {
            Matcher read = OPTION.matcher(option);
            if (!read.matches()) {
                out.println(USAGE);
                return WRONG_USAGE;
            }
            json = read.group("format") == null ? json : read.group("format").equals("json");
            replicas = read.group("replicas") == null ? replicas : Integer.parseInt(read.group("replicas"));
        }
        Doctor doctor = new Doctor(Variables.of(environment, properties), replicas, Clock.systemUTC());
        Report report = new Report(doctor.examine());
        out.print(json ? report.json() : report.text());
        return report.isWell() && !out.checkError() ? WELL : ILL;
    }

    private List<Finding> examine() {
        variables.examine(findings);
        Optional<DatabaseSettings> settings = settings();
        Optional<DatabaseAddress> address = settings.filter(DatabaseSettings.External.class::isInstance)
                .map(external -> ((DatabaseSettings.External) external).address());
        boolean answers = address.map(this::database).orElse(false);
        Optional<Path> embedded =
                settings.filter(DatabaseSettings.Embedded.class::isInstance).map(this::folder);
        new AddressExamination(variables, findings).examine();
        new MailExamination(variables, findings).examine();
        findings.look(
                "settings", () -> new StartExamination(findings).examine(address.filter(there -> answers), embedded));
        return findings.all();
    }

    private Optional<DatabaseSettings> settings() {
        try {
            DatabaseSettings settings =
                    DatabaseSettings.from(variables.environment(), Path.of(System.getProperty("user.home")));
            if (settings instanceof DatabaseSettings.Embedded) {
                DatabaseStart.launcher();
            }
            return Optional.of(settings);
        } catch (StartRefused refused) {
            findings.error("settings", refused.getMessage());
            return Optional.empty();
        }
    }

    private boolean database(DatabaseAddress address) {
        Optional<Server> found = new ServersExamination(address, findings).examine();
        found.ifPresent(server -> {
            try (server) {
                new ServerExamination(server, findings)
                        .examine(clock, variables.number("ROSTER_DB_POOL_SIZE"), replicas);
                Optional<DatabaseAddress> standbys = standbys(address);
                new SchemaExamination(server, standbys.isPresent(), findings).examine();
                standbys.ifPresent(there -> new StandbysExamination(there, server, findings).examine());
            }
        });
        return found.isPresent();
    }

    /** Where lists are read from; empty where that is not set, or wrong, as the examination of settings says. */
    private Optional<DatabaseAddress> standbys(DatabaseAddress address) {
        String url = variables.value("ROSTER_DB_READ_URL");
        try {
            return url.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            DatabaseAddress.of("ROSTER_DB_READ_URL", url, address.username(), address.password()));
        } catch (StartRefused refused) {
            return Optional.empty();
        }
    }

    /** The embedded database itself belongs to the service, which may be running. */
    private Path folder(DatabaseSettings settings) {
        Path folder = settings.dataDirectory();
        Path there = folder;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        Path existing = there;
        findings.look("database.disk", () -> {
            long free = Files.getFileStore(existing).getUsableSpace();
            String message = "the embedded database in %s has %s MB left".formatted(folder, free / 1_000_000);
            if (!Files.isWritable(existing)) {
                findings.error("database.disk", "ROSTER_DATA_DIR cannot be written: " + folder);
            } else if (free < ROOM) {
                findings.warning("database.disk", message);
            } else {
                findings.ok("database.disk", message);
            }
        });
        return folder;
    }
}

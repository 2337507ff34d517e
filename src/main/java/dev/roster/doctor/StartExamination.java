package dev.roster.doctor;

import dev.roster.platform.database.DatabaseAddress;
import dev.roster.platform.settings.WrongSettings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.util.ExceptionUtil;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts the service as far as the end of the checks of all settings, so that what the doctor refuses is exactly what a
 * start refuses: no port is opened, and nothing is written, to the database or elsewhere. Once in a process.
 */
final class StartExamination {
    private static final String CHECK = "settings";

    /** What the start is told where there is no database to ask. */
    private static final DatabaseAddress NOWHERE =
            new DatabaseAddress("postgresql://127.0.0.1:1/nowhere", "nobody", "");

    /** The one of this process: what the start makes knows it only so. */
    private static volatile StartExamination present;

    private final Findings findings;
    private boolean hasDatabase;
    private boolean checked;

    StartExamination(Findings findings) {
        this.findings = findings;
    }

    /** Told by the start when all settings have been checked, while it can still ask the database. */
    static void passed(Consumer<Findings> further) {
        StartExamination examination = present;
        examination.checked = true;
        examination.findings.ok(CHECK, "the start takes all of them");
        if (examination.hasDatabase) {
            further.accept(examination.findings);
        }
    }

    /**
     * Starts.
     *
     * @param address the database; empty for the embedded one, or where there is none to ask
     * @param embedded the folder of the embedded one
     */
    void examine(Optional<DatabaseAddress> address, Optional<Path> embedded) {
        present = this;
        hasDatabase = address.isPresent();
        PrintStream out = System.out;
        PrintStream err = System.err;
        PrintStream nothing = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try {
            address.orElse(NOWHERE).properties().forEach(System::setProperty);
            System.setProperty("roster.embedded", Boolean.toString(embedded.isPresent()));
            embedded.ifPresent(folder -> System.setProperty("roster.data.dir", folder.toString()));
            System.setProperty("roster.examine", "true");
            System.setOut(nothing);
            System.setErr(nothing);
            System.setProperty("quarkus.log.console.enabled", "false");
            Quarkus.run(null, (code, failure) -> conclude(failure));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private void conclude(Throwable failure) {
        if (!checked) {
            reasons(failure).forEach(reason -> findings.error(CHECK, reason));
        }
    }

    private static List<String> reasons(Throwable failure) {
        if (failure == null) {
            return List.of("the start ends without a word");
        }
        List<String> settings = WrongSettings.of(failure);
        if (!settings.isEmpty()) {
            return settings;
        }
        Throwable root = ExceptionUtil.getRootCause(failure);
        return root.getMessage() == null || root.getMessage().isBlank()
                ? List.of(root.getClass().getSimpleName())
                : root.getMessage().strip().lines().toList();
    }
}

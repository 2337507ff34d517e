package dev.roster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.roster.access.signing.KeyFile;
import dev.roster.cli.RosterCommand;
import dev.roster.doctor.Doctor;
import dev.roster.platform.database.DatabaseStart;
import dev.roster.platform.database.StartRefused;
import dev.roster.platform.error.Causes;
import dev.roster.platform.http.AcceptedConnections;
import dev.roster.platform.settings.ExactVariables;
import dev.roster.platform.settings.WrongSettings;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.util.ExceptionUtil;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Is the command line where words stand behind it; else starts the service: its database first, if it has its own, then
 * Quarkus.
 */
@QuarkusMain
public final class Roster {

    /** As getopt(3) programs answer wrong usage; 1 is a failure while running. */
    private static final int WRONG_SETTINGS = 2;

    /** What a start ends with that Quarkus refuses. */
    private static final int FAILED = 1;

    private Roster() {}

    /**
     * Starts the service, or ends the process with one line on what prevents it; with the argument {@code doctor} looks for
     * all that would, and with other words does what the command says.
     */
    public static void main(String... given) throws IOException {
        // A native executable takes these for itself; on a JVM the same words of a container mean the same command
        String[] arguments =
                Stream.of(given).dropWhile(word -> word.startsWith("-X")).toArray(String[]::new);
        // Numbers have the same digits wherever this runs, those of libraries in SQL too
        Locale.setDefault(Locale.ROOT);
        // The driver of the migrations tells the database this zone, and not all have all names of zones
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        if (arguments.length > 0 && arguments[0].equals(Doctor.NAME)) {
            List<String> options = Arrays.asList(arguments).subList(1, arguments.length);
            // JSON is UTF-8 wherever it is read
            PrintStream out = new PrintStream(System.out, true, UTF_8);
            System.exit(Doctor.run(options, System.getenv(), System.getProperties(), out));
        }
        if (RosterCommand.isMeant(arguments)) {
            System.exit(RosterCommand.run(System.getenv(), arguments));
        }
        try {
            refuse(ExactVariables.refused(ExactVariables.given(System.getenv(), System.getProperties())));
            DatabaseStart.open(System.getenv(), KeyFile::check);
        } catch (StartRefused refused) {
            refuse(List.of(refused.getMessage()));
        } catch (RuntimeException refused) {
            if (WrongSettings.of(refused).isEmpty()) {
                throw refused;
            }
            explain(refused);
            System.exit(FAILED);
        }
        // Quarkus would answer such a URI without a body; ours is checked in
        // api.error.RequestRules.
        System.setProperty("vertx.disableURIValidation", "true");
        AcceptedConnections.watch();
        Quarkus.run(null, Roster::end, arguments);
    }

    /** Ends the process, and says why where it could not start. */
    private static void end(int code, Throwable failure) {
        if (failure != null) {
            explain(failure);
        }
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, failure);
    }

    private static void explain(Throwable failure) {
        Throwable root = ExceptionUtil.getRootCause(failure);
        List<String> wrong = WrongSettings.of(failure);
        if (isToldToEnd()) {
            return; // and what it met on the way out is no reason
        }
        if (!wrong.isEmpty()) {
            wrong.forEach(System.err::println);
        } else if (root instanceof QuarkusBindException bind) {
            System.err.printf(
                    "Roster does not start: QUARKUS_HTTP_HOST, QUARKUS_HTTP_PORT: port %s of %s is in use, or that is no"
                            + " address of this machine%n",
                    bind.getPort(), bind.getHost());
        } else if ((root instanceof BindException || root instanceof UnknownHostException)
                && wrapper(failure, root) instanceof IllegalStateException management) {
            // Which names its address; connections that cannot be made are wrapped by others
            System.err.printf(
                    "Roster does not start: QUARKUS_MANAGEMENT_HOST, QUARKUS_MANAGEMENT_PORT: %s: %s%n",
                    management.getMessage(), root.getMessage());
        } else if (root instanceof UnknownHostException && isOfListening(failure)) {
            System.err.println("Roster does not start: QUARKUS_HTTP_HOST has no address: " + root.getMessage());
        } else if (!(root instanceof PreventFurtherStepsException)) {
            Logger.getLogger(Roster.class).error("Roster does not start", failure);
        }
    }

    /** Whether the process ends, as by a signal: nobody can be told so before. */
    private static boolean isToldToEnd() {
        try {
            Runtime.getRuntime().removeShutdownHook(new Thread());
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }

    /** Other names that have no address, such as that of a database, are looked up by others. */
    private static boolean isOfListening(Throwable failure) {
        return Causes.of(failure).anyMatch(cause -> "Unable to start HTTP server".equals(cause.getMessage()));
    }

    /** Who has wrapped the root. */
    private static Throwable wrapper(Throwable failure, Throwable root) {
        Throwable wrapper = failure;
        while (wrapper.getCause() != null && wrapper.getCause() != root) {
            wrapper = wrapper.getCause();
        }
        return wrapper;
    }

    private static void refuse(List<String> reasons) {
        if (!reasons.isEmpty()) {
            reasons.forEach(reason -> System.err.println("Roster does not start: " + reason));
            System.exit(WRONG_SETTINGS);
        }
    }
}

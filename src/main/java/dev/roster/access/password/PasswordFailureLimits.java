package dev.roster.access.password;

import static dev.roster.platform.settings.Settings.require;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The checked limits of guesses at passwords. */
@Startup // so that wrong settings stop the start
@Singleton
public class PasswordFailureLimits {
    private static final String VARIABLE = "ROSTER_PASSWORD_FAILURES_";
    private static final int FEWEST = 10;
    private static final int MOST = 100;

    private final PasswordFailureSettings settings;

    PasswordFailureLimits(PasswordFailureSettings settings) {
        require(
                settings.most() >= FEWEST && settings.most() <= MOST,
                VARIABLE + "MOST must be " + FEWEST + " to " + MOST);
        require(
                settings.free() >= 1 && settings.free() <= settings.most(),
                VARIABLE + "FREE must be 1 to ROSTER_PASSWORD_FAILURES_MOST");
        require(
                settings.firstWait().toMillis() >= 1 && settings.firstWait().compareTo(settings.longestWait()) <= 0,
                VARIABLE + "FIRST_WAIT must be positive and not above ROSTER_PASSWORD_FAILURES_LONGEST_WAIT");
        require(
                settings.longestWait().compareTo(Duration.ofDays(1)) <= 0,
                VARIABLE + "LONGEST_WAIT must not be above 24 hours");
        require(settings.knownFor().compareTo(Duration.ofDays(1)) >= 0, VARIABLE + "KNOWN_FOR must be a day at least");
        require(settings.kept() > 0, VARIABLE + "KEPT must be positive");
        this.settings = settings;
    }

    /** For how long after a sign-in its network is known to the account. */
    public Duration knownFor() {
        return settings.knownFor();
    }

    int most() {
        return settings.most();
    }

    int free() {
        return settings.free();
    }

    double firstWaitSeconds() {
        return settings.firstWait().toMillis() / 1000.0;
    }

    double longestWaitSeconds() {
        return settings.longestWait().toMillis() / 1000.0;
    }

    int kept() {
        return settings.kept();
    }
}

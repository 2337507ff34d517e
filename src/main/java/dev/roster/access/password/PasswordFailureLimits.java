package dev.roster.access.password;

import jakarta.inject.Singleton;
import java.time.Duration;

/** The limits of guesses at passwords. */
@Singleton
public class PasswordFailureLimits {
    private final PasswordFailureSettings settings;

    PasswordFailureLimits(PasswordFailureSettings settings) {
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

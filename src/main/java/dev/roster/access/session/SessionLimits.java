package dev.roster.access.session;

import static dev.roster.platform.settings.Settings.require;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

/** The checked numbers of sessions that may be open at once. */
@Singleton
@Startup
class SessionLimits {
    private final int perClient;
    private final int perPerson;

    SessionLimits(SessionSettings settings) {
        perClient = atLeastOne(settings.perClient(), "ROSTER_SESSION_PER_CLIENT");
        perPerson = atLeastOne(settings.perPerson(), "ROSTER_SESSION_PER_PERSON");
    }

    /** How many may be open through the client of a session. */
    int of(NewSession session) {
        return session.signIn() ? perPerson : perClient;
    }

    private static int atLeastOne(int number, String variable) {
        require(number >= 1, variable + " must be 1 or more");
        return number;
    }
}

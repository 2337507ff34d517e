package dev.roster.access.session;

import jakarta.inject.Singleton;

/** The numbers of sessions that may be open at once. */
@Singleton
class SessionLimits {
    private final int perClient;
    private final int perPerson;

    SessionLimits(SessionSettings settings) {
        perClient = settings.perClient();
        perPerson = settings.perPerson();
    }

    /** How many may be open through the client of a session. */
    int of(NewSession session) {
        return session.signIn() ? perPerson : perClient;
    }
}

package dev.roster.access.session;

import java.util.UUID;

/**
 * What a person signs out of at an application (OpenID Connect RP-Initiated Logout section 2).
 *
 * @param browserSession the session of the browser; null where that is not signed in
 * @param application null where it is not known
 * @param clientId its public identifier; null with it
 * @param applicationSession the application's session that it names; null where it names none
 */
public record SignOut(
        UUID organizationId,
        UUID userId,
        UUID browserSession,
        UUID application,
        String clientId,
        UUID applicationSession) {}

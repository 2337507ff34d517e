package dev.roster.access.openid;

import java.util.UUID;

/**
 * What a genuine ID token says that an application sends back, be it expired.
 *
 * @param clientId whom it was for
 * @param sessionId the application's session
 */
public record IdTokenHint(String clientId, UUID userId, UUID sessionId) {}

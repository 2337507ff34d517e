package dev.roster.access.browser;

import java.util.UUID;

/** What a browser was signed in with last, whether that goes on or not. */
public record FormerSignIn(UUID organizationId, UUID userId, UUID sessionId) {}

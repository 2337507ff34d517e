package dev.roster.access.grant;

import java.util.List;
import java.util.UUID;

/**
 * What the authorization endpoint knows of an application before anybody has signed in.
 *
 * @param organization the name of the organization
 * @param scopes the most that its tokens carry
 */
public record RegisteredApplication(
        UUID organizationId,
        String organization,
        UUID id,
        String name,
        List<String> redirectUris,
        List<String> postLogoutRedirectUris,
        List<String> scopes) {}

package dev.roster.access.application;

import java.util.List;

/**
 * What an application is to be; null stays as it is, or takes what is usual.
 *
 * @param audience who may use it
 * @param publicClient whether it can keep no secret; never changed
 */
public record ApplicationTerms(
        String name,
        List<String> redirectUris,
        List<String> postLogoutRedirectUris,
        List<String> scopes,
        String idTokenAlgorithm,
        Audience audience,
        Boolean firstParty,
        Boolean publicClient) {}

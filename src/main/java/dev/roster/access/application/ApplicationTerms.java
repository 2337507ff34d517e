package dev.roster.access.application;

import java.util.List;

/**
 * What an application is to be; null stays as it is, or takes what is usual.
 *
 * @param groups names of those whose members may use it; empty lets everybody
 * @param publicClient whether it can keep no secret; never changed
 */
public record ApplicationTerms(
        String name,
        List<String> redirectUris,
        List<String> postLogoutRedirectUris,
        List<String> scopes,
        String idTokenAlgorithm,
        List<String> groups,
        Boolean firstParty,
        Boolean publicClient) {}

package dev.roster.oauth;

import dev.roster.client.ClientCredentials;
import java.util.Optional;

/**
 * A request for a token by client credentials (RFC 6749 section 4.4.2).
 *
 * @param scope names separated by spaces; empty where none was asked for
 * @param userAgent null where the request named none
 * @param ipAddress null where it is not known
 */
public record TokenRequest(
        ClientCredentials credentials,
        Optional<String> scope,
        String userAgent,
        String ipAddress) {}

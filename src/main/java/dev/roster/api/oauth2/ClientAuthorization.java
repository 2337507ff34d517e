package dev.roster.api.oauth2;

import dev.roster.access.client.ClientCredentials;
import dev.roster.access.token.OAuthError;
import dev.roster.platform.http.Authorization;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Finds the credentials of a client: HTTP Basic or two form parameters, never both (RFC 6749
 * section 2.3).
 */
final class ClientAuthorization {
    private static final String BASIC = "Basic";

    private ClientAuthorization() {}

    /**
     * Reads them.
     *
     * @param headers every {@code Authorization} header of the request
     */
    static ClientCredentials read(List<String> headers, Form form) {
        if (headers.size() > 1) {
            throw OAuthError.invalidRequest("There must be one Authorization header only");
        }
        return headers.isEmpty() ? ofForm(form) : ofBasic(headers.get(0), form);
    }

    /** The same of an application, which may be one that can keep no secret and only names itself. */
    static ClientCredentials ofApplication(List<String> headers, Form form) {
        boolean namesItself = headers.isEmpty() && form.get("client_secret").isEmpty();
        return namesItself
                ? new ClientCredentials(form.get("client_id").orElseThrow(OAuthError::invalidClient), null)
                : read(headers, form);
    }

    private static ClientCredentials ofForm(Form form) {
        String clientId = form.get("client_id").orElseThrow(OAuthError::invalidClient);
        String secret = form.get("client_secret").orElseThrow(OAuthError::invalidClient);
        return new ClientCredentials(clientId, secret);
    }

    private static ClientCredentials ofBasic(String header, Form form) {
        if (form.get("client_secret").isPresent()) {
            throw OAuthError.invalidRequest(
                    "Credentials must be in the Authorization header or in the body, not in both");
        }
        ClientCredentials credentials = decode(Authorization.parse(header)).orElseThrow(OAuthError::invalidClient);
        // Many clients repeat their id in the body; it is not a credential
        if (!form.get("client_id").map(credentials::mayBeOf).orElse(true)) {
            throw OAuthError.invalidRequest("client_id is not the client of the Authorization header");
        }
        return credentials;
    }

    private static Optional<ClientCredentials> decode(Authorization header) {
        if (!header.scheme().equalsIgnoreCase(BASIC)) {
            return Optional.empty();
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(header.credentials().strip());
            String[] pair = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
            return pair.length == 2 ? Optional.of(readings(pair[0], pair[1])) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /**
     * As RFC 6749 section 2.3.1 has it, form-encoded; and as they stand, because {@code curl -u}
     * and many others encode nothing.
     */
    private static ClientCredentials readings(String clientId, String secret) {
        ClientCredentials raw = new ClientCredentials(clientId, secret);
        try {
            String decodedId = Form.decode(clientId);
            String decodedSecret = Form.decode(secret);
            return decodedId.equals(clientId) && decodedSecret.equals(secret)
                    ? raw
                    : new ClientCredentials(decodedId, decodedSecret, raw);
        } catch (OAuthError notEncoded) {
            return raw;
        }
    }
}

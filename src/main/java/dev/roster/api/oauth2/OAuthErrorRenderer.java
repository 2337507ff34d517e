package dev.roster.api.oauth2;

import dev.roster.api.error.ErrorRenderer;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/**
 * Renders what goes wrong at the OAuth endpoints outside of the protocol as RFC 6749 section 5.2
 * has it, with the two codes of section 4.1.2.1 for faults of the service, and those of RFC 6750 section 3.1 for tokens.
 */
@Singleton
@Priority(10)
public class OAuthErrorRenderer implements ErrorRenderer {
    private static final Set<String> ENDPOINTS =
            Set.of("/oauth2/token", "/oauth2/introspect", "/oauth2/revoke", "/oauth2/userinfo");

    @Override
    public String contract() {
        return "oauth2";
    }

    @Override
    public Optional<String> route(String template) {
        return template.startsWith("/oauth2") || template.startsWith("/.well-known")
                ? Optional.of(template)
                : Optional.empty();
    }

    @Override
    public boolean serves(String path, String scheme) {
        return ENDPOINTS.contains(path);
    }

    @Override
    public OAuthErrorBody body(RosterException error, String requestId) {
        return new OAuthErrorBody(code(error.code()), error.getMessage());
    }

    private static String code(ErrorCode code) {
        if (code == ErrorCode.UNAVAILABLE) {
            return "temporarily_unavailable";
        }
        return switch (code.status()) {
            case 401 -> "invalid_token";
            case 403 -> "insufficient_scope";
            case 429 -> "slow_down";
            default -> code.status() >= 500 ? "server_error" : "invalid_request";
        };
    }
}

package dev.roster.api.zenml;

import dev.roster.oauth.AccessToken;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A granted token.
 *
 * @param expiresIn seconds
 */
@RegisterForReflection // no method of a resource names it
public record ZenmlTokenBody(String accessToken, String tokenType, long expiresIn) {
    static ZenmlTokenBody of(AccessToken token) {
        return new ZenmlTokenBody(token.accessToken(), "bearer", token.expiresIn());
    }

    @Override
    public String toString() {
        return "ZenmlTokenBody[]"; // a token must not end in a log
    }
}

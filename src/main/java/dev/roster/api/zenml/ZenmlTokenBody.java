package dev.roster.api.zenml;

import dev.roster.access.token.AccessToken;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A granted token.
 *
 * @param expiresIn seconds
 * @param deviceId always null: there are no devices that are authorized one by one
 * @param deviceMetadata always null
 */
@RegisterForReflection // no method of a resource names it
public record ZenmlTokenBody(
        String accessToken, String tokenType, long expiresIn, String deviceId, String deviceMetadata) {
    static ZenmlTokenBody of(AccessToken token) {
        return new ZenmlTokenBody(token.accessToken(), "bearer", token.expiresIn(), null, null);
    }

    @Override
    public String toString() {
        return "ZenmlTokenBody[]"; // a token must not end in a log
    }
}

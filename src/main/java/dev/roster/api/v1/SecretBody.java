package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roster.access.client.NewSecret;
import dev.roster.access.client.SecretView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * A secret of a service account.
 *
 * @param expiresAt absent where it does not expire
 * @param lastUsedAt when a token was last got with it; absent where none ever was
 * @param clientSecret only in the answer that made it
 */
@RegisterForReflection
public record SecretBody(
        UUID id,
        String name,
        String clientId,
        Instant createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant expiresAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant lastUsedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) String clientSecret) {

    static SecretBody of(SecretView view) {
        return of(view, null);
    }

    static SecretBody of(NewSecret made) {
        return of(made.view(), made.secret());
    }

    private static SecretBody of(SecretView view, String secret) {
        return new SecretBody(
                view.id(), view.name(), view.clientId(), view.createdAt(), view.expiresAt(), view.lastUsedAt(), secret);
    }

    @Override
    public String toString() {
        return "SecretBody[" + id + "]"; // a secret must not end in a log
    }
}

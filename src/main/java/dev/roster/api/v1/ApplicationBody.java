package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.roster.access.application.ApplicationView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An application.
 *
 * @param groups names of those whose members may use it; absent where everybody may
 */
@RegisterForReflection
public record ApplicationBody(
        UUID id,
        String clientId,
        String name,
        List<String> redirectUris,
        List<String> postLogoutRedirectUris,
        List<String> scopes,
        String idTokenSignedResponseAlg,
        @JsonProperty("public") boolean publicClient,
        boolean firstParty,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<String> groups,
        Instant createdAt,
        Instant updatedAt) {

    static ApplicationBody of(ApplicationView view) {
        return new ApplicationBody(
                view.id(),
                view.clientId(),
                view.name(),
                view.redirectUris(),
                view.postLogoutRedirectUris(),
                view.scopes(),
                view.idTokenAlgorithm(),
                view.publicClient(),
                view.firstParty(),
                view.groups(),
                view.createdAt(),
                view.updatedAt());
    }
}

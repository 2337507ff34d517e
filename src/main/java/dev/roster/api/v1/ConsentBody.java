package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roster.access.grant.ConsentView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An application that the caller has let in.
 *
 * @param scopes what it may do for the caller at most
 * @param lastSeenAt to the minute; absent where it has no token at present
 */
@RegisterForReflection
public record ConsentBody(
        UUID id,
        String clientId,
        String name,
        List<String> scopes,
        Instant since,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant lastSeenAt) {

    static ConsentBody of(ConsentView consent) {
        return new ConsentBody(
                consent.id(),
                consent.clientId(),
                consent.name(),
                consent.scopes(),
                consent.since(),
                consent.lastSeenAt());
    }
}

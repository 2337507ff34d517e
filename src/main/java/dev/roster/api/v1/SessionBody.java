package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roster.access.session.SessionView;
import dev.roster.caller.Caller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * A session.
 *
 * @param current whether the token of the request belongs to it
 * @param lastSeenAt to the minute
 */
@RegisterForReflection
public record SessionBody(
        UUID id,
        boolean current,
        String clientId,
        String clientName,
        @JsonInclude(JsonInclude.Include.NON_NULL) String ipAddress,
        @JsonInclude(JsonInclude.Include.NON_NULL) String userAgent,
        Instant createdAt,
        Instant lastSeenAt,
        Instant expiresAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant endedAt) {

    static SessionBody of(Caller caller, SessionView session) {
        return new SessionBody(
                session.id(),
                session.id().equals(caller.sessionId()),
                session.clientId(),
                session.clientName(),
                session.ipAddress(),
                session.userAgent(),
                session.createdAt(),
                session.lastSeenAt(),
                session.expiresAt(),
                session.endedAt());
    }
}

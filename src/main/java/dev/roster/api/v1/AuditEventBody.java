package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roster.audit.AuditEventView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Something that happened.
 *
 * @param version of the form of the event; one that is not known is to be read with care
 * @param before the fields that changed, as they were
 * @param after the same fields, as they became
 * @param details what else is known, by the type
 */
@RegisterForReflection
public record AuditEventBody(
        UUID id,
        int version,
        String type,
        Instant occurredAt,
        Actor actor,
        Request request,
        @JsonInclude(JsonInclude.Include.NON_NULL) Subject target,
        @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, Object> before,
        @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, Object> after,
        @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, Object> details) {

    /**
     * Who did it.
     *
     * @param kind account, anonymous or system
     */
    @RegisterForReflection
    public record Actor(
            String kind,
            @JsonInclude(JsonInclude.Include.NON_NULL) UUID id,
            @JsonInclude(JsonInclude.Include.NON_NULL) String name,
            @JsonInclude(JsonInclude.Include.NON_NULL) String clientId,
            @JsonInclude(JsonInclude.Include.NON_NULL) UUID sessionId) {}

    /** The request that did it; empty where the service did it by itself. */
    @RegisterForReflection
    public record Request(
            @JsonInclude(JsonInclude.Include.NON_NULL) String id,
            @JsonInclude(JsonInclude.Include.NON_NULL) String ipAddress,
            @JsonInclude(JsonInclude.Include.NON_NULL) String userAgent) {}

    /** On whom or what it was done, as it was called then. */
    @RegisterForReflection
    public record Subject(
            String kind,
            @JsonInclude(JsonInclude.Include.NON_NULL) UUID id,
            @JsonInclude(JsonInclude.Include.NON_NULL) String name) {}

    static AuditEventBody of(AuditEventView event) {
        return new AuditEventBody(
                event.id(),
                event.version(),
                event.type(),
                event.occurredAt(),
                actor(event.actor()),
                new Request(
                        event.origin().requestId(),
                        event.origin().ipAddress(),
                        event.origin().userAgent()),
                target(event.target()),
                map(event.before()),
                map(event.after()),
                map(event.details()));
    }

    private static Actor actor(AuditEventView.ActorView actor) {
        return new Actor(actor.kind(), actor.id(), actor.name(), actor.clientId(), actor.sessionId());
    }

    private static Subject target(AuditEventView.TargetView target) {
        return target.kind() == null ? null : new Subject(target.kind(), target.id(), target.name());
    }

    private static Map<String, Object> map(JsonObject json) {
        return json == null ? null : json.getMap();
    }
}

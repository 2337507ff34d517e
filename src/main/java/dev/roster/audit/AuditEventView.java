package dev.roster.audit;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/**
 * An event as it is read.
 *
 * @param version of the form of the event
 * @param type as a text: a later release may have recorded one that this one does not know
 * @param before the fields that changed, as they were; null where that tells nothing
 * @param after the same fields, as they became; null where that tells nothing
 * @param details what else was recorded; null where that is nothing
 */
public record AuditEventView(
        UUID id,
        int version,
        String type,
        Instant occurredAt,
        ActorView actor,
        OriginView origin,
        TargetView target,
        JsonObject before,
        JsonObject after,
        JsonObject details) {

    /**
     * Who did it.
     *
     * @param kind {@code account}, {@code anonymous} or {@code system}
     */
    public record ActorView(String kind, UUID id, String name, String clientId, UUID sessionId) {}

    /** The request that did it; each is null where it is not known. */
    public record OriginView(String ipAddress, String userAgent, String requestId) {}

    /** On whom or what it was done; the kind is null where that is not known. */
    public record TargetView(String kind, UUID id, String name) {}
}

package dev.roster.audit;

import dev.roster.platform.http.Origin;
import dev.roster.platform.persistence.Uuids;
import dev.roster.platform.request.RequestOrigin;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Events as the statement that inserts them takes them: one text, so that it costs one parameter.
 */
final class AuditRows {
    /** Of the form of an event; one that readers of the present form cannot read has another. */
    static final int VERSION = 1;

    private AuditRows() {}

    /**
     * The rows of events that happen at once, in their order.
     *
     * @param actorName of who makes the request, where that is no account of the organization; otherwise null
     */
    static String of(List<AuditEvent> events, Instant now, String actorName) {
        UUID first = Uuids.v7(now);
        JsonArray rows = new JsonArray();
        for (AuditEvent event : events) {
            UUID id = new UUID(first.getMostSignificantBits(), first.getLeastSignificantBits() + rows.size());
            rows.add(row(event, id, now, actorName));
        }
        return rows.encode();
    }

    private static JsonObject row(AuditEvent event, UUID id, Instant now, String actorName) {
        JsonObject row = new JsonObject();
        put(row, "id", id);
        put(row, "type", event.type().value());
        put(row, "occurred_at", now);
        put(row, event.actor() == null ? Actor.current() : event.actor());
        put(row, "actor_name", event.actor() == null ? actorName : null);
        if (event.target() != null) {
            Target.Kind kind = event.target().kind();
            put(row, "target_kind", kind == null ? null : kind.value());
            put(row, "target_id", event.target().id());
            put(row, "target_name", event.target().name());
        }
        putState(row, "before", event.changes().before());
        putState(row, "after", event.changes().after());
        putState(row, "details", event.details());
        RequestOrigin.current().ifPresent(request -> put(row, request));
        return row;
    }

    private static void put(JsonObject row, Actor actor) {
        put(row, "actor_kind", actor.kind());
        put(row, "actor_id", actor.id());
        put(row, "client_id", actor.clientId());
        put(row, "session_id", actor.sessionId());
    }

    private static void put(JsonObject row, RequestOrigin request) {
        Origin origin = request.origin();
        put(row, "request_id", request.requestId());
        put(row, "ip_address", origin.address());
        put(row, "user_agent", origin.userAgent());
    }

    private static void put(JsonObject row, String column, Object value) {
        if (value != null) {
            row.put(column, Changes.value(value));
        }
    }

    private static void putState(JsonObject row, String column, JsonObject state) {
        if (!state.isEmpty()) {
            row.put(column, state);
        }
    }
}

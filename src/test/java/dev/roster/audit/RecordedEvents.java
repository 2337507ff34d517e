package dev.roster.audit;

import dev.roster.testing.Database;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/** The events of an organization as they are stored. */
public final class RecordedEvents {
    private RecordedEvents() {}

    /** All of them, in the order in which they were recorded. */
    public static List<JsonObject> of(UUID organizationId) {
        String rows = (String) Database.value(
                "SELECT CAST(coalesce(jsonb_agg(jsonb_strip_nulls(to_jsonb(e)) ORDER BY e.id), '[]') AS text)"
                        + " FROM audit_events e WHERE organization_id = ?",
                organizationId);
        return new JsonArray(rows).stream().map(JsonObject.class::cast).toList();
    }

    /** The names of their types, in that order. */
    public static List<String> types(UUID organizationId) {
        return of(organizationId).stream().map(event -> event.getString("type")).toList();
    }
}

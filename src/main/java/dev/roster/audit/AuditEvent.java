package dev.roster.audit;

import dev.roster.audit.Target.Kind;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * Something that happened. Who did it is who makes the request, unless it says another.
 *
 * @param organizationId whose administrators may read it
 * @param actor null means who makes the request
 * @param target null where nothing is known on which it was done
 * @param details what else is to be known and is no secret
 */
public record AuditEvent(
        UUID organizationId, AuditType type, Actor actor, Target target, Changes changes, JsonObject details) {

    public static AuditEvent of(UUID organizationId, AuditType type) {
        return new AuditEvent(organizationId, type, null, null, Changes.NONE, new JsonObject());
    }

    public AuditEvent on(Kind kind, UUID id, String name) {
        return on(new Target(kind, id, name));
    }

    /** On an account of which only the id is at hand; the rest is found out when it is recorded. */
    public AuditEvent onAccount(UUID id) {
        return on(null, id, null);
    }

    public AuditEvent on(Target other) {
        return new AuditEvent(organizationId, type, actor, other, changes, details);
    }

    public AuditEvent changing(Changes other) {
        return new AuditEvent(organizationId, type, actor, target, other, details);
    }

    /** Adds what else is to be known: a number, a truth or a short text, and no secret. */
    public AuditEvent with(String name, Object value) {
        JsonObject more = details.copy();
        more.put(name, Changes.value(value));
        return new AuditEvent(organizationId, type, actor, target, changes, more);
    }

    /**
     * Says who did it where the request has no token: whoever proves a secret or a link.
     *
     * @param clientId the public identifier; null where no client is known
     * @param sessionId the session that begins; null where none does
     */
    public AuditEvent by(UUID accountId, String clientId, UUID sessionId) {
        Actor account = Actor.account(organizationId, accountId, clientId, sessionId);
        return new AuditEvent(organizationId, type, account, target, changes, details);
    }
}

package dev.roster.access.apikey;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is recorded of API keys: which one it is, and never the key. */
final class KeyEvents {
    private KeyEvents() {}

    static AuditEvent created(ApiKey key, Instant expiresAt) {
        return event(key, AuditType.API_KEY_CREATED)
                .with("scopes", String.join(" ", key.scopes))
                .with("expires_at", expiresAt);
    }

    static AuditEvent revoked(UUID organizationId, ApiKeyView key) {
        return event(organizationId, AuditType.API_KEY_REVOKED, key.ownerId(), key.id(), key.name());
    }

    /** One of each key that ends with the others for a reason. */
    static List<AuditEvent> revoked(List<ApiKey> keys, String reason) {
        return keys.stream()
                .map(key -> event(key, AuditType.API_KEY_REVOKED).with("reason", reason))
                .toList();
    }

    private static AuditEvent event(ApiKey key, AuditType type) {
        return event(key.organizationId, type, key.userId, key.id, key.name);
    }

    private static AuditEvent event(UUID organizationId, AuditType type, UUID owner, UUID key, String name) {
        return AuditEvent.of(organizationId, type)
                .onAccount(owner)
                .with("key_id", key)
                .with("key_name", name);
    }
}

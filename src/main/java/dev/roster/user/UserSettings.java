package dev.roster.user;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.audit.Changes;
import dev.roster.audit.Listed;
import dev.roster.caller.Caller;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.json.JsonColumns;
import dev.roster.platform.persistence.UniqueRow;
import dev.roster.platform.persistence.UnitOfWork;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;

/** The use cases of the caller's own settings. */
@ApplicationScoped
public class UserSettings {
    // Preferences of a console fit many times; a file store does not.
    private static final int MAX_BYTES = 32 * 1024;

    private final AuditLog audit;
    private final Clock clock;

    UserSettings(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** The caller's settings; an empty object before the first change. */
    public Uni<Map<String, Object>> find(Caller caller) {
        return UnitOfWork.session(() -> Settings.<Settings>findById(key(caller)))
                .map(found -> found == null ? Map.of() : found.settings);
    }

    /** Merges by top-level key (RFC 7396 one level deep): null removes, an absent key stays. */
    public Uni<Map<String, Object>> patch(Caller caller, Map<String, Object> changes) {
        return UnitOfWork.transaction(() -> UniqueRow.required(
                        User.lockById(caller.organizationId(), caller.userId()), ErrorCode.INVALID_TOKEN::refusal)
                .chain(user -> patch(user, changes)));
    }

    private Uni<Map<String, Object>> patch(User user, Map<String, Object> changes) {
        return findOrAdd(user).chain(found -> {
            Map<String, Object> before = found.settings;
            merge(found, changes);
            return recordChange(user, before, found.settings)
                    .chain(() -> asStored(found))
                    .replaceWith(() -> found.settings);
        });
    }

    // PostgreSQL writes numbers and the order of keys in a way of its own
    private static Uni<Void> asStored(Settings settings) {
        return Panache.getSession().chain(session -> session.flush().chain(() -> session.refresh(settings)));
    }

    // What a console keeps is its own affair: which of it has changed is enough
    private Uni<Void> recordChange(User user, Map<String, Object> before, Map<String, Object> after) {
        Listed keys = Changes.changedKeys(before, after);
        return keys.isEmpty()
                ? Uni.createFrom().voidItem()
                : audit.record(AuditEvent.of(user.organizationId, AuditType.SETTINGS_CHANGED)
                        .on(AccountEvents.target(user))
                        .with("keys", keys));
    }

    // The user's row is locked, so nobody adds the same settings in between.
    private Uni<Settings> findOrAdd(User user) {
        return Settings.<Settings>findById(new Settings.Key(user.organizationId, user.id))
                .onItem()
                .ifNull()
                .switchTo(() -> {
                    Settings settings = new Settings();
                    settings.organizationId = user.organizationId;
                    settings.userId = user.id;
                    settings.settings = Map.of();
                    settings.updatedAt = clock.instant();
                    return settings.persist();
                });
    }

    private void merge(Settings found, Map<String, Object> changes) {
        Map<String, Object> merged = MetadataPatch.merged(found.settings, changes);
        if (JsonColumns.exceeds(merged, MAX_BYTES)) {
            throw RosterException.invalid("settings", "must be at most " + MAX_BYTES + " bytes as JSON");
        }
        found.settings = merged;
        found.updatedAt = clock.instant();
    }

    private static Settings.Key key(Caller caller) {
        return new Settings.Key(caller.organizationId(), caller.userId());
    }
}

package dev.roster.user;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditType;
import dev.roster.audit.Changes;
import dev.roster.audit.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An account as the audit log may tell of it, kept to compare with what a change makes of it.
 *
 * @param fields none of which is a secret
 */
public record AccountEvents(
        Map<String, Object> fields,
        UserStatus status,
        String passwordHash,
        boolean passwordExpired,
        Map<String, Object> metadata) {

    /** The account at this moment. */
    public static AccountEvents of(User user) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("external_id", user.externalId);
        fields.put("username", user.username);
        fields.put("email", user.email);
        fields.put("display_name", user.displayName);
        fields.put("full_name", user.fullName);
        fields.put("description", user.description);
        fields.put("role", user.role.value());
        fields.put("status", user.status.value());
        fields.put("avatar_url", user.avatarUrl);
        fields.put("company", user.company);
        fields.put("job_title", user.jobTitle);
        fields.put("is_onboarded", user.onboarded);
        fields.put("oauth_provider", user.oauthProvider);
        return new AccountEvents(fields, user.status, user.passwordHash, user.passwordExpired, user.metadata);
    }

    static AuditEvent created(User user) {
        AuditEvent created = event(AuditType.USER_CREATED, user).changing(Changes.between(Map.of(), of(user).fields));
        if (!user.metadata.isEmpty()) {
            created = created.with("metadata_keys", Changes.changedKeys(Map.of(), user.metadata));
        }
        return user.passwordExpired ? created.with("password_expired", true) : created;
    }

    static AuditEvent removed(User user) {
        return event(AuditType.USER_REMOVED, user).changing(Changes.between(of(user).fields, Map.of()));
    }

    /**
     * What has happened to the account since: an event for each kind of change that somebody would
     * look for, none where nothing has changed.
     */
    public List<AuditEvent> until(User user) {
        AccountEvents now = of(user);
        Changes changes = Changes.between(fields, now.fields);
        List<AuditEvent> events = new ArrayList<>();
        add(events, AuditType.USER_RENAMED, user, changes.only("username"));
        add(events, AuditType.USER_EMAIL_CHANGED, user, changes.only("email"));
        add(events, AuditType.USER_ROLE_CHANGED, user, changes.only("role"));
        add(events, statusType(now.status), user, changes.only("status"));
        addPassword(events, user);
        addRest(events, user, changes.except("username", "email", "role", "status"));
        return events;
    }

    private void addPassword(List<AuditEvent> events, User user) {
        if (!Objects.equals(passwordHash, user.passwordHash)) {
            AuditEvent changed = event(AuditType.USER_PASSWORD_CHANGED, user);
            events.add(user.passwordExpired ? changed.with("password_expired", true) : changed);
        }
    }

    private void addRest(List<AuditEvent> events, User user, Changes rest) {
        AuditEvent changed = event(AuditType.USER_CHANGED, user).changing(rest);
        if (!Objects.equals(metadata, user.metadata)) {
            changed = changed.with("metadata_keys", Changes.changedKeys(metadata, user.metadata));
        }
        if (passwordExpired != user.passwordExpired) {
            changed = changed.with("password_expired", user.passwordExpired);
        }
        if (!rest.isEmpty() || !changed.details().isEmpty()) {
            events.add(changed);
        }
    }

    private static void add(List<AuditEvent> events, AuditType type, User user, Changes changes) {
        if (!changes.isEmpty()) {
            events.add(event(type, user).changing(changes));
        }
    }

    private static AuditType statusType(UserStatus status) {
        return switch (status) {
            case ACTIVE -> AuditType.USER_ACTIVATED;
            case DEACTIVATED -> AuditType.USER_DEACTIVATED;
            case PENDING_SIGN_UP -> AuditType.USER_REOPENED;
        };
    }

    private static AuditEvent event(AuditType type, User user) {
        return AuditEvent.of(user.organizationId, type).on(target(user));
    }

    /** The account as the target of an event. */
    public static Target target(User user) {
        Target.Kind kind = user.kind == UserKind.PERSON ? Target.Kind.USER : Target.Kind.SERVICE_ACCOUNT;
        return new Target(kind, user.id, user.username);
    }

    @Override
    public String toString() {
        return "AccountEvents[" + fields.get("username") + "]"; // a hash must not end in a log
    }
}

package dev.roster.audit;

import java.util.Arrays;
import java.util.List;

/**
 * What can happen. The names are stable: readers filter by them, and what is stored keeps its name.
 */
public enum AuditType {
    USER_CREATED("user.created"),
    USER_SIGNED_UP("user.signed_up"),
    USER_CHANGED("user.changed"),
    USER_RENAMED("user.renamed"),
    USER_EMAIL_CHANGE_REQUESTED("user.email_change_requested"),
    USER_EMAIL_CHANGED("user.email_changed"),
    USER_ROLE_CHANGED("user.role_changed"),
    USER_ACTIVATED("user.activated"),
    USER_DEACTIVATED("user.deactivated"),
    USER_REOPENED("user.reopened"),
    USER_PASSWORD_RESET_REQUESTED("user.password_reset_requested"),
    USER_PASSWORD_CHANGED("user.password_changed"),
    USER_REMOVED("user.removed"),
    USERS_IMPORTED("users.imported"),
    USERS_EXPORTED("users.exported"),
    GROUP_CREATED("group.created"),
    GROUP_CHANGED("group.changed"),
    GROUP_REMOVED("group.removed"),
    MEMBERSHIP_ADDED("membership.added"),
    MEMBERSHIP_REMOVED("membership.removed"),
    SETTINGS_CHANGED("settings.changed"),
    INVITE_CREATED("invite.created"),
    INVITE_RESENT("invite.resent"),
    INVITE_REVOKED("invite.revoked"),
    INVITE_ACCEPTED("invite.accepted"),
    SECRET_CREATED("secret.created"),
    SECRET_REVOKED("secret.revoked"),
    SECRET_ROTATED("secret.rotated"),
    API_KEY_CREATED("api_key.created"),
    API_KEY_REVOKED("api_key.revoked"),
    APPLICATION_CREATED("application.created"),
    APPLICATION_CHANGED("application.changed"),
    APPLICATION_REMOVED("application.removed"),
    CONSENT_GIVEN("consent.given"),
    CONSENT_WITHDRAWN("consent.withdrawn"),
    SIGN_IN_SUCCEEDED("sign_in.succeeded"),
    SIGN_IN_FAILED("sign_in.failed"),
    CLIENT_FAILED("client.failed"),
    SESSION_OPENED("session.opened"),
    SESSION_ENDED("session.ended"),
    TOKEN_DERIVED("token.derived"),
    TOKEN_REVOKED("token.revoked"),
    TOKEN_REUSED("token.reused"),
    ORGANIZATION_CREATED("organization.created"),
    ORGANIZATION_CHANGED("organization.changed"),
    ORGANIZATION_ACTIVATED("organization.activated"),
    ORGANIZATION_DEACTIVATED("organization.deactivated"),
    ORGANIZATION_REMOVED("organization.removed"),
    ORGANIZATION_RESTORED("organization.restored"),
    SIGNING_KEY_ROTATED("signing_key.rotated"),
    ADMIN_RESET("admin.reset");

    private static final String ALL_OF = ".*";

    private final String value;

    AuditType(String value) {
        this.value = value;
    }

    /** The type as it stands in rows, filters and answers. */
    public String value() {
        return value;
    }

    /**
     * The types of a filter: one by its name, or all of a kind, such as {@code user.*}; none where
     * there is no such.
     */
    public static List<AuditType> matching(String filter) {
        String kind = filter.substring(0, Math.max(0, filter.length() - 1)); // with its dot
        return Arrays.stream(values())
                .filter(type -> filter.endsWith(ALL_OF) ? type.value.startsWith(kind) : type.value.equals(filter))
                .toList();
    }
}

package dev.roster.caller;

import java.util.Set;

/**
 * The OAuth2 scopes (RFC 6749 section 3.3) of this service. A scope narrows a token; it never
 * widens a role.
 */
public final class Scope {
    public static final String USERS_READ = "users:read";
    public static final String USERS_WRITE = "users:write";
    public static final String GROUPS_READ = "groups:read";
    public static final String GROUPS_WRITE = "groups:write";
    public static final String INVITES_WRITE = "invites:write";
    public static final String SESSIONS_WRITE = "sessions:write";
    public static final String CLIENTS_WRITE = "clients:write";

    /** Reading what happened in the organization. */
    public static final String AUDIT_READ = "audit:read";

    /** Changing the caller's own account: profile, settings, sessions. */
    public static final String SELF_WRITE = "self:write";

    /**
     * What concerns all organizations: to create, switch off and remove them, to replace the signing keys, and to export hashes
     * of passwords. Held by the first client of an installation only.
     */
    public static final String SYSTEM = "system";

    /**
     * Changing the caller's own expired password. A token that carries it carries nothing else;
     * only a sign-in with such a password gives one.
     */
    public static final String PASSWORD_CHANGE = "password:change";

    /** Knowing who the person is at all (OpenID Connect Core section 3.1.2.1). */
    public static final String OPENID = "openid";

    public static final String PROFILE = "profile";
    public static final String EMAIL = "email";

    /** The names of the person's groups. */
    public static final String GROUPS = "groups";

    /** What an application may be told about its person; no role gives or withholds it, and no route but one. */
    public static final Set<String> IDENTITY = Set.of(OPENID, PROFILE, EMAIL, GROUPS);

    /** Asks for a refresh token (OpenID Connect Core section 11), which every code gives anyway. */
    public static final String OFFLINE_ACCESS = "offline_access";

    /** All that can be asked for about the organization. */
    public static final Set<String> ALL = Set.of(
            USERS_READ,
            USERS_WRITE,
            GROUPS_READ,
            GROUPS_WRITE,
            INVITES_WRITE,
            SESSIONS_WRITE,
            CLIENTS_WRITE,
            AUDIT_READ,
            SELF_WRITE,
            SYSTEM);

    private Scope() {}
}

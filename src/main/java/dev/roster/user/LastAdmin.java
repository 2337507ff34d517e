package dev.roster.user;

import dev.roster.caller.Role;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.persistence.TransactionLock;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.UUID;

/**
 * The rule that an organization keeps an active administrator who can get in: the last one can
 * neither be removed, demoted nor deactivated, and the last secret or password of one stays.
 */
public final class LastAdmin {
    // An API key makes no credentials, and a session ends: neither lets anybody in again. An
    // account of another issuer depends on that issuer.
    private static final String CREDENTIAL = """
            SELECT EXISTS (
              SELECT FROM users u
               WHERE u.organization_id = $1 AND u.role = 'admin' AND u.status = 'active'
                 AND (CAST($2 AS uuid) IS NULL OR u.id <> CAST($2 AS uuid))
                 AND (u.password_hash IS NOT NULL AND u.oauth_provider IS NULL
                      OR EXISTS (SELECT FROM clients c
                                  WHERE c.organization_id = $1 AND c.user_id = u.id
                                    AND c.revoked_at IS NULL AND c.client_id NOT LIKE '%s%%'
                                    AND (c.expires_at IS NULL OR c.expires_at > $3))))
            """.formatted(SignInClientId.PREFIX);

    private LastAdmin() {}

    /**
     * Refuses with {@code last_admin} where no other administrator is left, and with {@code
     * last_admin_credential} where none of them can get in. Holds the organization's administrators until the
     * transaction ends: of two administrators who remove each other at once, the second sees what
     * the first did.
     */
    static Uni<Void> check(User leaving, Instant now) {
        return holdAdministrators(leaving.organizationId)
                .chain(() -> hasOtherActiveAdmin(leaving.organizationId, leaving.id))
                .invoke(ErrorCode.LAST_ADMIN::unless)
                .chain(() -> hasCredential(leaving.organizationId, leaving.id, now))
                .invoke(ErrorCode.LAST_ADMIN_CREDENTIAL::unless)
                .replaceWithVoid();
    }

    /**
     * Refuses with {@code last_admin_credential} what took the last usable credential of the
     * organization's administrators, inside the transaction that took it from a locked account.
     */
    public static Uni<Void> keepCredential(User user, Instant now) {
        return user.isActiveAdmin()
                ? holdAdministrators(user.organizationId)
                        .chain(() -> hasCredential(user.organizationId, null, now))
                        .invoke(ErrorCode.LAST_ADMIN_CREDENTIAL::unless)
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private static Uni<Void> holdAdministrators(UUID organizationId) {
        return TransactionLock.hold("administrators " + organizationId);
    }

    private static Uni<Boolean> hasCredential(UUID organizationId, UUID except, Instant now) {
        return SessionSql.value(
                Boolean.class, CREDENTIAL, organizationId, except == null ? null : except.toString(), Rows.utc(now));
    }

    /** Whether the organization has an active administrator besides this account. */
    private static Uni<Boolean> hasOtherActiveAdmin(UUID organizationId, UUID id) {
        return User.<User>find(
                        "organizationId = ?1 and role = ?2 and status = ?3 and id <> ?4",
                        organizationId,
                        Role.ADMIN,
                        UserStatus.ACTIVE,
                        id)
                .page(0, 1)
                .list()
                .map(others -> !others.isEmpty());
    }
}

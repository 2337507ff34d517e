package dev.roster.user;

/**
 * The parts of statements that note on accounts when they were here. They stand in the statements of sessions, which
 * write both at once; the version of an account stays, because being here is no change of it.
 */
public final class AccountTimes {
    private AccountTimes() {}

    /**
     * {@code account (organization_id, id, token_generation)} of a {@code WITH} clause: the account that signs in, locked,
     * and empty where it is no longer as it was read.
     *
     * @param hash of the password that was proved; the parameter's value is null where none was
     * @param expired whether that has expired
     */
    public static String signedIn(
            String organization, String account, String role, String now, String hash, String expired) {
        return """
            account AS (
              UPDATE users SET last_login_at = %4$s, last_seen_at = %4$s
               WHERE organization_id = %1$s AND id = %2$s AND status = 'active' AND role = %3$s
                 AND (%5$s::text IS NULL OR password_hash = %5$s AND password_expired = %6$s)
              RETURNING organization_id, id, token_generation)
            """.formatted(organization, account, role, now, hash, expired);
    }

    /**
     * The end of a statement that notes the latest time of each account that was seen. Accounts that a change holds at the
     * moment are passed over rather than waited for.
     *
     * @param seen the name of a query with organization_id, user_id and at
     */
    public static String seen(String seen) {
        return """
            free AS (
              SELECT u.organization_id, u.id FROM users u
               WHERE (u.organization_id, u.id) IN (SELECT organization_id, user_id FROM %1$s)
                 FOR NO KEY UPDATE SKIP LOCKED)
            UPDATE users u SET last_seen_at = latest.at
              FROM free, (SELECT organization_id, user_id, max(at) AS at FROM %1$s GROUP BY 1, 2) latest
             WHERE u.organization_id = free.organization_id AND u.id = free.id
               AND latest.organization_id = u.organization_id AND latest.user_id = u.id
               AND (u.last_seen_at IS NULL OR u.last_seen_at < latest.at)
            """.formatted(seen);
    }
}

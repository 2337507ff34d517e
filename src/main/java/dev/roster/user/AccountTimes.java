package dev.roster.user;

/**
 * What notes on accounts when they were here, with the statements of sessions; the version of an account stays, because being here is no change of it.
 */
public final class AccountTimes {
    /**
     * Notes the latest time of each account of an organization that was seen: organization, accounts, times. Accounts that a
     * change holds at the moment are passed over rather than waited for. Those that are free are found once: a planner that
     * knows nothing of the organization would find them again for each account that there is.
     */
    public static final String SEEN = """
            WITH free AS MATERIALIZED (
              SELECT o.id, latest.at
                FROM users o
                JOIN (SELECT id, max(at) AS at
                        FROM unnest(CAST($2 AS uuid[]), CAST($3 AS timestamptz[])) AS seen (id, at)
                       GROUP BY id) AS latest ON latest.id = o.id
               WHERE o.organization_id = $1 AND (o.last_seen_at IS NULL OR o.last_seen_at < latest.at)
                 FOR NO KEY UPDATE OF o SKIP LOCKED)
            UPDATE users u SET last_seen_at = free.at FROM free WHERE u.organization_id = $1 AND u.id = free.id
            """;

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
}

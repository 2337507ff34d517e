package dev.roster.audit;

/** The one way a row comes into {@code audit_events}. */
final class AuditSql {
    // Each name is looked up by itself: a join is planned for a hundred events, and walks all accounts for one
    private static final String INSERT = """
            INSERT INTO audit_events (organization_id, id, version, type, actor_kind, actor_id, actor_name, client_id,
                                      session_id, ip_address, user_agent, request_id, target_kind, target_id,
                                      target_name, before, after, details, occurred_at)
            SELECT CAST(%1$s AS uuid), e.id, %2$s, e.type, e.actor_kind, e.actor_id,
                   coalesce(e.actor_name,
                            (SELECT a.username FROM users a WHERE a.organization_id = %1$s AND a.id = e.actor_id)),
                   e.client_id, e.session_id, e.ip_address, e.user_agent, e.request_id,
                   coalesce(e.target_kind, CASE t.kind WHEN 'service' THEN 'service_account' WHEN 'person' THEN 'user' END),
                   e.target_id, coalesce(e.target_name, t.username), e.before, e.after, %3$s, e.occurred_at
              FROM jsonb_to_recordset(CAST(CAST(%4$s AS text) AS jsonb)) AS e (
                     id uuid, type text, actor_kind text, actor_id uuid, actor_name text, client_id text, session_id uuid, ip_address text, user_agent text,
                     request_id text, target_kind text, target_id uuid, target_name text, before jsonb, after jsonb,
                     details jsonb, occurred_at timestamptz)
              LEFT JOIN LATERAL (SELECT u.kind, u.username FROM users u
                                  WHERE e.target_kind IS NULL AND u.organization_id = %1$s AND u.id = e.target_id
                                  LIMIT 1) AS t ON true
            """;

    private AuditSql() {}

    /**
     * The statement, which answers with one row: as a part of another one, because Citus does not take parameters into the
     * query of an INSERT that stands alone.
     *
     * @param organization the parameter that names the organization of all events: their rows and accounts are together
     * @param parameter of the events as {@link AuditLog#rows} makes them, such as {@code $3}
     */
    static String insert(String organization, String parameter) {
        return "WITH audited AS (" + INSERT.formatted(organization, AuditRows.VERSION, "e.details", parameter)
                + " RETURNING 1) SELECT 1";
    }

    /**
     * The statement as a part of another.
     *
     * @param condition whether there was anything to record
     * @param details an SQL object with what only the other statement knows
     */
    static String insert(String organization, String parameter, String condition, String details) {
        String more = "nullif(coalesce(e.details, '{}') || " + details + ", '{}')";
        return INSERT.formatted(organization, AuditRows.VERSION, more, parameter) + " WHERE " + condition
                + " RETURNING 1\n";
    }
}

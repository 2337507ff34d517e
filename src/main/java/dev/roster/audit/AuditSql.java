package dev.roster.audit;

/** The one way a row comes into {@code audit_events}. */
final class AuditSql {
    private static final String INSERT = """
            INSERT INTO audit_events (organization_id, id, version, type, actor_kind, actor_id, actor_name, client_id,
                                      session_id, ip_address, user_agent, request_id, target_kind, target_id,
                                      target_name, before, after, details, occurred_at)
            SELECT e.organization_id, e.id, %d, e.type, e.actor_kind, e.actor_id,
                   (SELECT u.username FROM users u
                     WHERE u.organization_id = e.actor_organization_id AND u.id = e.actor_id),
                   e.client_id, e.session_id, e.ip_address, e.user_agent, e.request_id,
                   coalesce(e.target_kind, CASE t.kind WHEN 'service' THEN 'service_account' WHEN 'person' THEN 'user' END),
                   e.target_id, coalesce(e.target_name, t.username), e.before, e.after, %s, e.occurred_at
              FROM jsonb_to_recordset(CAST(CAST(%s AS text) AS jsonb)) AS e (
                     organization_id uuid, id uuid, type text, actor_kind text, actor_organization_id uuid,
                     actor_id uuid, client_id text, session_id uuid, ip_address text, user_agent text,
                     request_id text, target_kind text, target_id uuid, target_name text, before jsonb, after jsonb,
                     details jsonb, occurred_at timestamptz)
              LEFT JOIN users t
                ON e.target_kind IS NULL AND t.organization_id = e.organization_id AND t.id = e.target_id
            """;

    private AuditSql() {}

    /**
     * The statement.
     *
     * @param parameter of the events as {@link AuditLog#rows} makes them, such as {@code $3}
     */
    static String insert(String parameter) {
        return INSERT.formatted(AuditRows.VERSION, "e.details", parameter);
    }

    /**
     * The statement as a part of another.
     *
     * @param condition whether there was anything to record
     * @param details an SQL object with what only the other statement knows
     */
    static String insert(String parameter, String condition, String details) {
        String more = "nullif(coalesce(e.details, '{}') || " + details + ", '{}')";
        return INSERT.formatted(AuditRows.VERSION, more, parameter) + " WHERE " + condition + "\n";
    }
}

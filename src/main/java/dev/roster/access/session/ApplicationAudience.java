package dev.roster.access.session;

/** Whom an application is for, in statements about what it has or gets. */
public final class ApplicationAudience {
    private ApplicationAudience() {}

    /**
     * SQL: whether an account of the organization {@code $1} may use the application {@code a} at present.
     *
     * @param account its id
     */
    public static String has(String account) {
        return """
            (a.group_ids IS NULL OR EXISTS (
               SELECT FROM memberships m
                WHERE m.organization_id = $1 AND m.user_id = %s AND m.group_id = ANY (a.group_ids)))""".formatted(account);
    }
}

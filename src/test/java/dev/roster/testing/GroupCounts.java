package dev.roster.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The kept counts of groups, held against the rows that they stand for. */
public final class GroupCounts {
    private GroupCounts() {}

    public static void assertRight(TestOrganization organization) {
        Object wrong = Database.value("""
                        SELECT coalesce(json_agg(w), '[]')::text FROM (
                          SELECT g.name, g.user_count, g.sa_count,
                                 count(u.id) FILTER (WHERE u.kind = 'person') AS users,
                                 count(u.id) FILTER (WHERE u.kind = 'service') AS service_accounts
                            FROM groups g
                            LEFT JOIN memberships m ON m.organization_id = g.organization_id AND m.group_id = g.id
                            LEFT JOIN users u ON u.organization_id = m.organization_id AND u.id = m.user_id
                           WHERE g.organization_id = ?
                           GROUP BY g.organization_id, g.id
                          HAVING g.user_count <> count(u.id) FILTER (WHERE u.kind = 'person')
                              OR g.sa_count <> count(u.id) FILTER (WHERE u.kind = 'service')) AS w
                        """, organization.id());
        assertEquals("[]", wrong, "groups whose counts are wrong");
    }
}

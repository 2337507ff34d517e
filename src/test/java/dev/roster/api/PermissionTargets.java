package dev.roster.api;

import dev.roster.security.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Rows for one request, so that no request finds what another one left.
 *
 * @param owner the organization of the rows
 * @param names what stands for each of them in a path or a body
 */
record PermissionTargets(TestOrganization owner, TestClient caller, Map<String, Object> names) {
    static PermissionTargets in(
            TestOrganization owner, TestOrganization callers, TestClient caller) {
        String mark = "target-" + UUID.randomUUID().toString().substring(0, 8);
        String own = "own-" + mark;
        Map<String, Object> names = new HashMap<>();
        UUID user = person(owner, mark);
        names.put("user", mark);
        names.put("user id", user);
        names.put("email", email(mark));
        names.put("group", mark);
        names.put("group id", TestRows.group(owner, mark));
        UUID bot = TestRows.serviceAccount(owner, mark + "-bot", Role.MEMBER);
        names.put("bot", mark + "-bot");
        names.put("bot id", bot);
        names.put("secret", owner.addClient(bot, Role.MEMBER).id());
        names.put("key", TestRows.apiKey(owner, user));
        names.put("invite", TestRows.invite(owner, email(mark + "-invited")));
        person(callers, own);
        names.put("own email", email(own));
        names.put("own group", own);
        names.put("own group id", TestRows.group(callers, own));
        names.put("own key", TestRows.apiKey(callers, caller.userId()));
        names.put("self", username(caller));
        names.put("self id", caller.userId());
        return new PermissionTargets(owner, caller, names);
    }

    String fill(String template) {
        String filled = template.replace("{new}", "new-" + UUID.randomUUID());
        for (Map.Entry<String, Object> name : names.entrySet()) {
            filled = filled.replace("{" + name.getKey() + "}", name.getValue().toString());
        }
        return filled;
    }

    /** All that the request could have changed or made. */
    String rows() {
        return String.valueOf(
                Database.value(
                        """
                        SELECT concat_ws(E'\\n',
                          (SELECT json_agg(u ORDER BY id) FROM users u
                            WHERE organization_id = t.owner AND id IN (t.person, t.bot)),
                          (SELECT row_to_json(g) FROM groups g
                            WHERE organization_id = t.owner AND id = t.joined),
                          (SELECT concat_ws(',', status, company, password_hash) FROM users
                            WHERE organization_id = t.callers AND id = t.caller),
                          (SELECT json_agg(c ORDER BY id) FROM clients c
                            WHERE organization_id = t.owner AND user_id IN (t.person, t.bot)),
                          (SELECT json_agg(s ORDER BY id) FROM sessions s
                            WHERE organization_id = t.owner AND user_id IN (t.person, t.bot)),
                          (SELECT json_agg(k ORDER BY id) FROM api_keys k
                            WHERE organization_id = t.owner AND user_id IN (t.person, t.bot)),
                          (SELECT json_agg(i ORDER BY id) FROM invites i
                            WHERE organization_id IN (t.owner, t.callers)),
                          (SELECT json_agg(m ORDER BY user_id, group_id) FROM memberships m
                            WHERE organization_id IN (t.owner, t.callers)),
                          (SELECT count(*) FROM users WHERE organization_id IN (t.owner, t.callers)))
                        FROM (SELECT ?::uuid AS person, ?::uuid AS bot, ?::uuid AS joined, ?::uuid AS caller,
                                     ?::uuid AS owner, ?::uuid AS callers) AS t
                        """,
                        names.get("user id"),
                        names.get("bot id"),
                        names.get("group id"),
                        caller.userId(),
                        owner.id(),
                        caller.organizationId()));
    }

    private static UUID person(TestOrganization organization, String name) {
        return TestRows.person(organization, name, email(name), Role.MEMBER);
    }

    private static String email(String name) {
        return name + "@example.com";
    }

    private static Object username(TestClient account) {
        return Database.value("SELECT username FROM users WHERE id = ?", account.userId());
    }
}

package dev.roster.api;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows for one request, so that no request finds what another one left.
 *
 * @param owner the organization of the rows
 * @param names what stands for each of them in a path or a body
 */
record PermissionTargets(TestOrganization owner, TestClient caller, Map<String, Object> names) {
    static PermissionTargets in(Permission row, TestOrganization owner, TestOrganization callers, TestClient caller) {
        Map<String, Object> names = new HashMap<>();
        String mark = "target-" + UUID.randomUUID().toString().substring(0, 8);
        String text = row.path() + row.body();
        if (text.contains("{user")) {
            putPerson(names, owner, "user", mark, Role.MEMBER);
        }
        if (text.matches(".*\\{admin( id| email| key| secret| session)?}.*")) {
            putPerson(names, owner, "admin", mark + "-admin", Role.ADMIN);
        }
        if (text.contains("{off user")) {
            putPerson(names, owner, "off user", mark + "-off", Role.MEMBER);
            Database.execute(
                    "UPDATE users SET status = 'deactivated' WHERE organization_id = ? AND username = ?",
                    owner.id(),
                    mark + "-off");
        }
        if (text.contains("{bot")) {
            putBot(names, owner, "bot", mark + "-bot", Role.MEMBER);
        }
        if (text.contains("{admin bot")) {
            putBot(names, owner, "admin bot", mark + "-admin-bot", Role.ADMIN);
        }
        if (text.contains("{group")) {
            names.put("group", mark);
            names.put("group id", TestRows.group(owner, mark));
        }
        if (text.contains("{invite")) {
            names.put("invite", TestRows.invite(owner, email(mark + "-invited")));
        }
        if (text.contains("{admin invite")) {
            names.put("admin invite", adminInvite(owner, email(mark + "-chosen")));
        }
        if (text.contains("{application")) {
            UUID application = TestRows.application(owner);
            names.put("application", application);
            names.put("application secret", TestRows.applicationSecret(owner, application, "secret"));
        }
        if (text.contains("{event")) {
            names.put("event", event(owner));
        }
        if (text.contains("organization}")) {
            TestOrganization other = TestOrganization.create();
            names.put("organization", other.name());
            TestOrganization off = TestOrganization.create();
            off.deactivate();
            names.put("off organization", off.name());
        }
        if (text.contains("{own ")) {
            putOwn(names, callers, caller, "own-" + mark);
        }
        names.put("self", username(caller));
        names.put("self id", caller.userId());
        return new PermissionTargets(owner, caller, names);
    }

    private static void putPerson(
            Map<String, Object> names, TestOrganization owner, String as, String name, Role role) {
        UUID id = TestRows.person(owner, name, email(name), role);
        names.put(as, name);
        names.put(as + " id", id);
        names.put(as + " email", email(name));
        names.put(as + " key", TestRows.apiKey(owner, id));
        names.put(as + " secret", owner.addClient(id, role).id());
        names.put(as + " session", TestRows.session(owner, owner.addClient(id, role)));
    }

    private static void putBot(Map<String, Object> names, TestOrganization owner, String as, String name, Role role) {
        UUID id = TestRows.serviceAccount(owner, name, role);
        names.put(as, name);
        names.put(as + " id", id);
        names.put(as + " secret", owner.addClient(id, role).id());
    }

    private static void putOwn(Map<String, Object> names, TestOrganization callers, TestClient caller, String own) {
        TestRows.person(callers, own, email(own), Role.MEMBER);
        names.put("own email", email(own));
        names.put("own group", own);
        names.put("own group id", TestRows.group(callers, own));
        names.put("own key", TestRows.apiKey(callers, caller.userId()));
        names.put(
                "own secret", callers.addClient(caller.userId(), caller.role()).id());
        names.put("own session", TestRows.session(callers, caller));
        UUID application = TestRows.application(callers);
        TestRows.consent(callers, caller.userId(), application);
        names.put("own application", application);
    }

    private static UUID event(TestOrganization owner) {
        UUID id = UUID.randomUUID();
        Database.execute(
                "INSERT INTO audit_events (organization_id, id, version, type, actor_kind, occurred_at)"
                        + " VALUES (?, ?, 1, 'user.changed', 'system', now())",
                owner.id(),
                id);
        return id;
    }

    private static UUID adminInvite(TestOrganization owner, String email) {
        UUID invite = TestRows.invite(owner, email);
        Database.execute("UPDATE invites SET role = 'admin' WHERE organization_id = ? AND id = ?", owner.id(), invite);
        Database.execute("UPDATE users SET role = 'admin' WHERE organization_id = ? AND email = ?", owner.id(), email);
        return invite;
    }

    String fill(String template) {
        String filled = template.replace("{new}", "new-" + UUID.randomUUID());
        for (Map.Entry<String, Object> name : names.entrySet()) {
            filled = filled.replace("{" + name.getKey() + "}", name.getValue().toString());
        }
        return filled;
    }

    /** All that the request could have changed or made. Organizations are values: that is how Citus finds their rows. */
    String rows() {
        return String.valueOf(Database.value("""
                        SELECT concat_ws(E'\\n',
                          (SELECT json_agg(u ORDER BY id) FROM users u
                            WHERE organization_id = '%4$s' AND id = ANY ('%1$s')),
                          (SELECT row_to_json(g) FROM groups g
                            WHERE organization_id = '%4$s' AND id = CAST(nullif('%2$s', 'null') AS uuid)),
                          (SELECT concat_ws(',', status, company, password_hash) FROM users
                            WHERE organization_id = '%5$s' AND id = '%3$s'),
                          (SELECT json_agg(c ORDER BY id) FROM clients c
                            WHERE organization_id = '%4$s' AND user_id = ANY ('%1$s')),
                          (SELECT json_agg(s ORDER BY id) FROM sessions s
                            WHERE organization_id = '%4$s' AND user_id = ANY ('%1$s')),
                          (SELECT json_agg(k ORDER BY id) FROM api_keys k
                            WHERE organization_id = '%4$s' AND user_id = ANY ('%1$s')),
                          (SELECT json_agg(i ORDER BY id) FROM invites i
                            WHERE organization_id IN ('%4$s', '%5$s')),
                          (SELECT json_agg(m ORDER BY user_id, group_id) FROM memberships m
                            WHERE organization_id IN ('%4$s', '%5$s')),
                          (SELECT json_agg(a ORDER BY id) FROM applications a
                            WHERE organization_id IN ('%4$s', '%5$s')),
                          (SELECT json_agg(s ORDER BY id) FROM application_secrets s
                            WHERE organization_id IN ('%4$s', '%5$s')),
                          (SELECT count(*) FROM users WHERE organization_id IN ('%4$s', '%5$s')))
                        """.formatted(
                        accounts(), names.get("group id"), caller.userId(), owner.id(), caller.organizationId())));
    }

    private String accounts() {
        return Stream.of("user id", "admin id", "bot id", "admin bot id")
                .filter(names::containsKey)
                .map(name -> names.get(name).toString())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String email(String name) {
        return name + "@example.com";
    }

    private static Object username(TestClient account) {
        return Database.value(
                "SELECT username FROM users WHERE organization_id = ? AND id = ?",
                account.organizationId(),
                account.userId());
    }
}

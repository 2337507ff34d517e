package dev.roster.api;

import dev.roster.caller.Role;
import dev.roster.testing.TestOrganization;

/**
 * A row, and how each of the four contracts must show it.
 *
 * @param fullName null where none was given
 * @param group the name of the only group; null where there is none
 * @param metadata as JSON, with texts only, which every contract can show
 * @param signedIn whether there has been a sign-in
 * @param person the members of the body of ZenML Pro that no other contract has
 */
record SeenUser(
        String id,
        String username,
        String displayName,
        String fullName,
        String email,
        Role role,
        String status,
        String group,
        String metadata,
        boolean signedIn,
        String person) {
    /** What ZenML Pro shows of a person that nobody has told it anything about. */
    static final String UNKNOWN_PERSON = """
            "avatar_url": null, "company": null, "job_title": null, "is_onboarded": false,
            "password_expired": false
            """;

    /** As Roster v1 and Lenses show it. */
    String roster(TestOrganization organization) {
        return """
                {"id": "%s", "lrn": "lrn:roster:%s:user:%s", "name": "%s", "display_name": "%s",
                 "created_at": "<time>", %s "groups": [%s], "profile": {%s "email_address": "%s"},
                 "is_admin": %b, "role": "%s", "status": "%s", "metadata": %s}
                """.formatted(
                        id,
                        organization.name(),
                        username,
                        username,
                        displayName,
                        signedIn ? "\"last_seen_at\": \"<time>\"," : "",
                        group == null ? "" : rosterGroup(organization),
                        fullName == null ? "" : "\"full_name\": \"" + fullName + "\",",
                        email,
                        role == Role.ADMIN,
                        role.value(),
                        status,
                        metadata);
    }

    /** As Kubiya shows it. */
    String kubiya() {
        return """
                {"uuid": "%s", "email": "%s", "name": "%s", "role": "%s", "groups": [%s],
                 "created_at": "<time>", "last_login": %s, "status": "%s", "metadata": %s}
                """.formatted(
                        id,
                        email,
                        displayName,
                        role.value(),
                        group == null ? "" : "\"" + group + "\"",
                        signedIn ? "\"<time>\"" : null,
                        status,
                        metadata);
    }

    /** As ZenML Pro shows it. */
    String zenml(TestOrganization organization) {
        return """
                {"id": "%s", "username": "%s", "email": "%s", "name": "%s", "metadata": %s,
                 "password": null, "oauth_provider": null, "oauth_id": null, "is_active": %b,
                 "is_superuser": %b, "is_service_account": false, "organization_id": "%s", %s}
                """.formatted(
                        id,
                        username,
                        email,
                        displayName,
                        metadata,
                        status.equals("active"),
                        role == Role.ADMIN,
                        organization.id(),
                        person);
    }

    /** As Decube shows it. */
    String decube() {
        return """
                {"id": "%s", "name": "%s", "email": "%s", "status": "%s"}
                """.formatted(id, displayName, email, status);
    }

    private String rosterGroup(TestOrganization organization) {
        return """
                {"id": "<id>", "lrn": "lrn:roster:%s:group:%s", "name": "%s", "display_name": "%s",
                 "sso_name": "%s", "description": "", "created_at": "<time>", "user_count": 1,
                 "sa_count": 0, "role_count": 0, "metadata": {}}
                """.formatted(organization.name(), group, group, group, group);
    }
}

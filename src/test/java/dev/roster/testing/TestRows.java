package dev.roster.testing;

import dev.roster.caller.Role;
import java.util.UUID;

/** Single rows, written behind the back of the service under test. */
public final class TestRows {
    private TestRows() {}

    /** An active person without a client. */
    public static UUID person(TestOrganization organization, String username, Role role) {
        return person(organization, username, null, role);
    }

    /** An active person with an e-mail address, without a client. */
    public static UUID person(TestOrganization organization, String username, String email, Role role) {
        return account(organization, "person", username, email, role, "active");
    }

    /** An active service account without a client. */
    public static UUID serviceAccount(TestOrganization organization, String name, Role role) {
        return account(organization, "service", name, null, role, "active");
    }

    /** An empty group. */
    public static UUID group(TestOrganization organization, String name) {
        UUID id = UUID.randomUUID();
        Database.execute(
                "INSERT INTO groups (organization_id, id, name, display_name, sso_name, description,"
                        + " created_at, updated_at, version) VALUES (?, ?, ?, ?, ?, '', now(), now(), 0)",
                organization.id(),
                id,
                name,
                name,
                name);
        return id;
    }

    /** A confidential application without a secret, for everybody. */
    public static UUID application(TestOrganization organization) {
        UUID id = UUID.randomUUID();
        String clientId = "test-" + id;
        Database.execute(
                "INSERT INTO client_ids (client_id, organization_id) VALUES (?, ?)", clientId, organization.id());
        Database.execute(
                "INSERT INTO applications (organization_id, id, client_id, name, redirect_uris,"
                        + " post_logout_redirect_uris, scopes, is_public, is_first_party, created_at, updated_at, version)"
                        + " VALUES (?, ?, ?, 'Wiki', '{https://wiki.example.com/cb}', '{}', '{users:read,groups:read}',"
                        + " false, false, now(), now(), 0)",
                organization.id(),
                id,
                clientId);
        return id;
    }

    /** A code as the authorization endpoint gives it to an account in a browser, for scopes with spaces in between. */
    public static String code(
            TestOrganization organization, UUID application, UUID account, UUID browser, String scopes) {
        String code = "code-" + UUID.randomUUID();
        Database.execute(
                "INSERT INTO authorization_codes (organization_id, id, digest, application_id, user_id,"
                        + " browser_session_id, redirect_uri, code_challenge, scopes, authenticated_at, expires_at,"
                        + " created_at) VALUES (?, gen_random_uuid(), sha256(convert_to(?, 'UTF8')), ?, ?, ?, ?, ?,"
                        + " string_to_array(?, ' '), now(), now() + interval '1 minute', now())",
                organization.id(),
                code,
                application,
                account,
                browser,
                CodeGrant.URI,
                CodeGrant.CHALLENGE,
                scopes);
        return code;
    }

    /** What an account has agreed that an application may do. */
    public static void consent(TestOrganization organization, UUID account, UUID application) {
        Database.execute(
                "INSERT INTO consents (organization_id, user_id, application_id, scopes, updated_at)"
                        + " VALUES (?, ?, ?, '{users:read}', now())",
                organization.id(),
                account,
                application);
    }

    /** One more secret of an application. */
    public static UUID applicationSecret(TestOrganization organization, UUID application, String secret) {
        UUID id = UUID.randomUUID();
        Database.execute(
                "INSERT INTO application_secrets (organization_id, id, application_id, name, secret_digest, created_at)"
                        + " VALUES (?, ?, ?, 'test', sha256(convert_to(?, 'UTF8')), now())",
                organization.id(),
                id,
                application,
                secret);
        return id;
    }

    /** Gives an account an e-mail address. */
    public static void email(UUID account, String email) {
        Database.execute("UPDATE users SET email = ?, email_key = lower(?) WHERE id = ?", email, email, account);
    }

    /** Ties an account to a provider that signs it in. */
    public static void federate(UUID account) {
        Database.execute("UPDATE users SET oauth_provider = 'google', oauth_id = 'g-1' WHERE id = ?", account);
    }

    /** An address that the account wants and has not proven yet; the one that it wants already stays. */
    public static void emailChange(TestOrganization organization, UUID account, String email) {
        Database.execute(
                "INSERT INTO email_changes (organization_id, id, email, token_id, expires_at, created_at)"
                        + " VALUES (?, ?, ?, gen_random_uuid(), now() + interval '1 day', now()) ON CONFLICT DO NOTHING",
                organization.id(),
                account,
                email);
    }

    /** A pending invite by the system, with the account that waits for its person. */
    public static UUID invite(TestOrganization organization, String email) {
        UUID id = UUID.randomUUID();
        UUID account = account(organization, "person", email, email, Role.MEMBER, "pending_sign_up");
        Database.execute(
                "INSERT INTO invites (organization_id, id, email, email_key, role, group_ids, user_id, status,"
                        + " token_id, expires_at, created_account, created_at, updated_at, version)"
                        + " VALUES (?, ?, ?, lower(?), 'member', '{}', ?, 'pending', gen_random_uuid(),"
                        + " now() + interval '1 day', true, now(), now(), 0)",
                organization.id(),
                id,
                email,
                email,
                account);
        return id;
    }

    /** An open session of a client. */
    public static UUID session(TestOrganization organization, TestClient client) {
        UUID id = UUID.randomUUID();
        Database.execute(
                "INSERT INTO sessions (organization_id, id, user_id, client_id, device, created_at, last_seen_at,"
                        + " expires_at) VALUES (?, ?, ?, ?, ?, now(), now(), now() + interval '1 day')",
                organization.id(),
                id,
                client.userId(),
                client.id(),
                "test " + id);
        return id;
    }

    /** An API key of an account, of which nobody knows the token. */
    public static UUID apiKey(TestOrganization organization, UUID owner) {
        UUID id = UUID.randomUUID();
        Database.execute(
                "INSERT INTO sessions (organization_id, id, user_id, device, created_at, last_seen_at, expires_at)"
                        + " VALUES (?, ?, ?, 'api key', now(), now(), now() + interval '1 day')",
                organization.id(),
                id,
                owner);
        Database.execute(
                "INSERT INTO api_keys (organization_id, id, user_id, name, prefix, scopes, created_by, created_at)"
                        + " VALUES (?, ?, ?, 'key', 'eyJ', '{users:read}', ?, now())",
                organization.id(),
                id,
                owner,
                owner);
        return id;
    }

    /** Persons named {@code <prefix>00001} and so on, with metadata of a size. */
    public static void persons(TestOrganization organization, String prefix, int count, int metadataBytes) {
        Database.execute(
                "INSERT INTO users (organization_id, id, kind, username, username_key, display_name, role,"
                        + " status, search_text, metadata, created_at, updated_at, version)"
                        + " SELECT ?, gen_random_uuid(), 'person', name, name, name, 'member', 'active',"
                        + " ' ' || name, json_build_object('filler', repeat('x', ?))::jsonb, now(), now(), 0"
                        + " FROM (SELECT ? || to_char(n, 'FM00000') AS name FROM generate_series(1, ?) AS n) AS names",
                organization.id(),
                metadataBytes,
                prefix,
                count);
    }

    /** Ends what is left to send: a mail that hangs on a server which has gone holds up those of the tests that follow. */
    public static void endMails(TestOrganization organization) {
        Database.execute(
                "UPDATE outbox SET sent_at = now() WHERE organization_id = ? AND sent_at IS NULL", organization.id());
    }

    private static UUID account(
            TestOrganization organization, String kind, String username, String email, Role role, String status) {
        UUID id = UUID.randomUUID();
        Database.execute(
                "INSERT INTO users (organization_id, id, kind, username, username_key, email, email_key,"
                        + " display_name, role, status, search_text, created_at, updated_at, version)"
                        + " VALUES (?, ?, ?, ?, lower(?), ?, lower(?), ?, ?, ?, ?, now(), now(), 0)",
                organization.id(),
                id,
                kind,
                username,
                username,
                email,
                email,
                username,
                role.value(),
                status,
                " " + username);
        return id;
    }
}

package dev.roster.testing;

import static io.restassured.RestAssured.given;

import dev.roster.caller.Role;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * A fresh organization with nothing in it but the accounts that a test asks for, so that tests
 * neither see nor disturb each other. Made in SQL: tests of a running container can use it too.
 */
public final class TestOrganization {
    private final UUID id;
    private final String name;
    private final Map<Role, TestClient> clients = new EnumMap<>(Role.class);

    private TestOrganization(UUID id, String name) {
        this.id = id;
        this.name = name;
    }

    /** A new one, empty. */
    public static TestOrganization create() {
        UUID id = UUID.randomUUID();
        String name = "t-" + id;
        Database.execute(
                "INSERT INTO organizations (id, name, display_name, created_at, updated_at, version)"
                        + " VALUES (?, ?, 'Test', now(), now(), 0)",
                id,
                name);
        return new TestOrganization(id, name);
    }

    /** The one of this id and name, which several tests share. */
    public static TestOrganization shared(UUID id, String name) {
        Database.execute(
                "INSERT INTO organizations (id, name, display_name, created_at, updated_at, version)"
                        + " VALUES (?, ?, 'Test', now(), now(), 0) ON CONFLICT DO NOTHING",
                id,
                name);
        return new TestOrganization(id, name);
    }

    /** Switches it off, without a word to the service. */
    public void deactivate() {
        Database.execute("UPDATE organizations SET status = 'deactivated' WHERE id = ?", id);
    }

    /** Keeps when its accounts were last seen, until they get another token: no earlier time is noted on them. */
    public void keepLastSeen() {
        Database.execute("UPDATE users SET last_seen_at = now() + interval '1 day' WHERE organization_id = ?", id);
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** A token of this role with all its scopes, or with these only. */
    public String token(Role role, String... scopes) {
        return client(role).token(scopes);
    }

    /** The account of this role, named as the role, made when it is first asked for. */
    public TestClient client(Role role) {
        return clients.computeIfAbsent(role, wanted -> add(wanted.value(), wanted));
    }

    /** A new active person with a client. */
    public TestClient add(String username, Role role) {
        UUID userId = UUID.randomUUID();
        Database.execute(
                "INSERT INTO users (organization_id, id, kind, username, username_key, display_name, role,"
                        + " status, search_text, created_at, updated_at, version)"
                        + " VALUES (?, ?, 'person', ?, lower(?), ?, ?, 'active', ?, now(), now(), 0)",
                id,
                userId,
                username,
                username,
                username,
                role.value(),
                " " + username);
        Database.execute(
                "INSERT INTO user_counts AS c (organization_id, slot, persons) VALUES (?, 0, 1)"
                        + " ON CONFLICT (organization_id, slot) DO UPDATE SET persons = c.persons + 1",
                id);
        return addClient(userId, role);
    }

    /** One more client of an account. */
    public TestClient addClient(UUID userId, Role role) {
        String clientId = "test-" + UUID.randomUUID();
        return addClient(userId, role, clientId, "secret-" + UUID.randomUUID());
    }

    /** A new active person with a client of this secret. */
    public TestClient addClientOf(Role role, String secret) {
        TestClient first = add("user-" + UUID.randomUUID(), role);
        return addClient(first.userId(), role, "test-" + UUID.randomUUID(), secret);
    }

    /** One more client of an account, with these credentials. */
    public TestClient addClient(UUID userId, Role role, String clientId, String secret) {
        UUID row = UUID.randomUUID();
        Database.execute("INSERT INTO client_ids (client_id, organization_id) VALUES (?, ?)", clientId, id);
        Database.execute(
                "INSERT INTO clients (organization_id, id, user_id, client_id, name, secret_digest, created_at)"
                        + " VALUES (?, ?, ?, ?, 'test', ?, now())",
                id,
                row,
                userId,
                clientId,
                sha256(secret));
        return new TestClient(id, userId, role, row, clientId, secret);
    }

    /** What the sign-in with a password answers. */
    public Response signIn(String username, String password) {
        return given().contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam("organization", name)
                .formParam("username", username)
                .formParam("password", password)
                .post("/auth/login");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}

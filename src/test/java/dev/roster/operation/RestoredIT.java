package dev.roster.operation;

import static dev.roster.testing.Replica.member;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is set back to an earlier moment, before some of its tokens were revoked. */
@Beside
class RestoredIT {
    private static final String RESTORED = "roster.restored=2026-11-26 noon";
    private static final String ME = "/api/v1/users/me";

    @TempDir
    static Path folder;

    @Test
    void whenTheDatabaseIsSetBackThenWhatWasRevokedSinceIsRefused() throws Exception {
        try (KillableDatabase database = KillableDatabase.migrated(folder.resolve("database"))) {
            Tokens tokens;
            try (Replica replica = Replica.start(database.url(), folder)) {
                tokens = Tokens.of(replica);
                tokens.assertAll(200, replica);
            }
            execute(database, "CREATE DATABASE before TEMPLATE postgres");
            execute(database, "CREATE DATABASE long_before TEMPLATE postgres");
            try (Replica replica = Replica.start(database.url(), folder)) {
                tokens.revoke(replica);
                assertEquals(401, replica.status("GET", ME, tokens.session));
                assertEquals(401, replica.status("GET", ME, tokens.key));
            }

            String restored = database.url().replace("/postgres", "/before");
            fill(restored);
            String later;
            try (Replica serving = Replica.launch(restored, folder, RESTORED, "roster.migrate=off")) {
                serving.probe().await("started");
                serving.probe().await("ready", "migrations");
            }
            try (Replica replica = Replica.start(restored, folder, RESTORED)) {
                assertTrue(replica.log()
                        .contains("ROSTER_RESTORED: the tokens, sessions and API keys of 1 organizations"));
                tokens.assertAll(401, replica);
                later = replica.adminToken();
                assertEquals(200, replica.status("GET", ME, later));
                assertEquals(
                        "1", value(restored, "SELECT count(*) FROM audit_events WHERE type = 'organization.restored'"));
                assertEquals(
                        "0",
                        value(
                                restored,
                                "SELECT count(*) FROM sessions WHERE ended_at IS NULL AND created_at <"
                                        + " (SELECT max(done_at) FROM restores)"));
                assertEquals(
                        value(restored, "SELECT count(*) FROM sessions WHERE ended_at IS NOT NULL"),
                        value(
                                restored,
                                "SELECT details ->> 'sessions' FROM audit_events WHERE type = 'organization.restored'"));
            }
            try (Replica replica = Replica.start(restored, folder, RESTORED)) {
                assertTrue(replica.log().contains("ROSTER_RESTORED: 2026-11-26 noon is dealt with"), replica.log());
                assertEquals(200, replica.status("GET", ME, later));
                tokens.assertAll(401, replica);
            }
            try (Replica serving = Replica.launch(restored, folder, RESTORED, "roster.migrate=off")) {
                serving.probe().await("ready");
                tokens.assertAll(401, serving);
            }
            // To before that restore, of which nothing is left but the tokens
            String again = database.url().replace("/postgres", "/long_before");
            try (Replica replica = Replica.start(again, folder, "roster.restored=2026-11-26 morning")) {
                tokens.assertAll(401, replica);
                assertEquals(401, replica.status("GET", ME, later));
            }
        }
    }

    /**
     * What was out at the moment that is gone back to.
     *
     * @param admin an administrator's, which nobody revokes
     * @param session of a client whose session is ended later
     * @param key an API key that is revoked later
     */
    private record Tokens(String admin, String session, String key, String keyId) {
        static Tokens of(Replica replica) throws Exception {
            String admin = replica.adminToken();
            String account = replica.post("/api/v1/service-accounts", admin, "{\"name\": \"bot\"}")
                    .body();
            String session = replica.token(member(account, "client_id"), member(account, "client_secret"));
            String key = replica.post("/api/v1/api-keys", admin, "{\"name\": \"laptop\", \"scopes\": [\"users:read\"]}")
                    .body();
            return new Tokens(admin, session, member(key, "key"), member(key, "id"));
        }

        void revoke(Replica replica) throws Exception {
            assertEquals(204, replica.status("DELETE", ME + "/sessions", session));
            assertEquals(204, replica.status("DELETE", "/api/v1/api-keys/" + keyId, replica.adminToken()));
        }

        void assertAll(int status, Replica replica) {
            for (String token : new String[] {admin, session, key}) {
                assertEquals(status, replica.status("GET", ME, token));
            }
        }
    }

    /**
     * More sessions of long ago than may be ended by one statement, the first of which meets another transaction; and an organization
     * that another replica has just changed.
     */
    private static void fill(String url) throws SQLException {
        execute(url, """
                INSERT INTO sessions (organization_id, id, user_id, client_id, device, created_at, last_seen_at, expires_at)
                SELECT organization_id, CAST('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0') AS uuid), user_id, client_id,
                       'host ' || n, created_at, last_seen_at, expires_at
                  FROM (SELECT * FROM sessions WHERE ended_at IS NULL LIMIT 1) AS one, generate_series(1, 2500) AS n;
                CREATE SEQUENCE statements;
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
                  IF nextval('statements') = 1 THEN
                    RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01';
                  ELSIF (SELECT count(*) FROM written) > 1000 THEN
                    RAISE EXCEPTION 'too many';
                  END IF;
                  RETURN NULL;
                END$$;
                CREATE TRIGGER refuse AFTER UPDATE ON sessions REFERENCING NEW TABLE AS written
                  FOR EACH STATEMENT EXECUTE FUNCTION refuse();
                CREATE SEQUENCE changes;
                CREATE FUNCTION miss() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
                  IF nextval('changes') = 1 THEN
                    RETURN NULL;
                  END IF;
                  RETURN NEW;
                END$$;
                CREATE TRIGGER miss BEFORE UPDATE ON organizations FOR EACH ROW EXECUTE FUNCTION miss()
                """);
    }

    private static void execute(KillableDatabase database, String sql) throws SQLException {
        execute(database.url().replace("/postgres", "/template1"), sql);
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(String url, String sql) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection("jdbc:" + url, "postgres", "postgres");
    }
}

package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Beside;
import dev.roster.testing.KillableDatabase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What applications were let in for before the role of the issuer was kept with it (V119). */
@Beside
class RolesOfIssuersMigrationTest {
    private static final String ROWS = """
            INSERT INTO organizations (id, name, display_name, created_at, updated_at, version)
            VALUES (gen_random_uuid(), 'a', 'A', now(), now(), 0);
            INSERT INTO users (organization_id, id, kind, username, username_key, display_name, role, status, search_text,
                               created_at, updated_at, version)
            SELECT o.id, gen_random_uuid(), 'person', 'ada', 'ada', 'Ada', 'member', 'active', '', now(), now(), 0
              FROM organizations o;
            INSERT INTO client_ids (client_id, organization_id) SELECT 'wiki', id FROM organizations;
            INSERT INTO applications (organization_id, id, client_id, name, redirect_uris, post_logout_redirect_uris, scopes,
                                      is_public, is_first_party, created_at, updated_at, version)
            SELECT id, gen_random_uuid(), 'wiki', 'Wiki', '{https://wiki.example.com/cb}', '{}', '{openid}', false, false, now(), now(), 0
              FROM organizations;
            INSERT INTO sessions (organization_id, id, user_id, application_id, device, created_at, last_seen_at, expires_at)
            SELECT a.organization_id, md5(n::text)::uuid, u.id, a.id, n::text, now(), now(), now() + interval '1 day'
              FROM applications a, users u, generate_series(1, 6) n;
            INSERT INTO browser_sessions (organization_id, session_id, digest, authenticated_at, used_at, foreign_role)
            SELECT id, md5(n::text)::uuid, sha256(convert_to(n::text, 'UTF8')), now(), now(),
                   CASE n WHEN 1 THEN 'viewer' END
              FROM organizations, generate_series(1, 2) n;
            INSERT INTO application_grants (organization_id, id, application_id, scopes, authenticated_at, created_at,
                                            browser_session_id)
            SELECT organization_id, md5(n::text)::uuid, id, '{openid}', now(), now(),
                   CASE WHEN n < 6 THEN md5((n - 2)::text)::uuid END
              FROM applications, generate_series(3, 6) n;
            """;

    @TempDir
    static Path folder;

    @Test
    void whenTheBrowserIsKnownThenItsRoleIsThatOfWhatWasLetInThere() throws Exception {
        try (KillableDatabase database = new KillableDatabase(folder.resolve("database"))) {
            flyway(database).target("118").load().migrate();
            database.execute(ROWS);
            flyway(database).load().migrate();
            List<List<String>> roles = database.rows(
                    "SELECT s.device, g.foreign_role FROM application_grants g JOIN sessions s ON s.id = g.id ORDER BY 1");
            assertEquals(
                    List.of(
                            Arrays.asList("3", "viewer"),
                            Arrays.asList("4", null),
                            Arrays.asList("5", null),
                            Arrays.asList("6", null)),
                    roles);
        }
    }

    private static FluentConfiguration flyway(KillableDatabase database) {
        return Flyway.configure().dataSource("jdbc:" + database.url(), "postgres", "");
    }
}

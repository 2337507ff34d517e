package dev.roster.operation;

import static dev.roster.testing.Replica.member;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host whose people write other digits, in a zone that databases do not know by the name that it has there. */
@Beside
class ForeignHostIT {
    @TempDir
    static Path folder;

    @Test
    void whenDigitsAndZoneAreOthersThenTheSameIsDone() throws Exception {
        try (KillableDatabase database = KillableDatabase.migrated(folder.resolve("database"));
                Replica replica = Replica.start(
                        database.url(),
                        folder,
                        "user.language=fa",
                        "user.country=IR",
                        "user.timezone=PST",
                        "roster.log.json=true")) {
            String token = replica.adminToken();
            String imported = replica.send(
                            "POST",
                            "/api/v1/users/import",
                            "Bearer " + token,
                            "application/x-ndjson",
                            "{\"name\":\"mia\",\"display_name\":\"Mia\"}\n")
                    .body();
            assertTrue(imported.contains("\"created\":1"), imported);
            String id = (String) database.value("SELECT CAST(id AS text) FROM users WHERE username = 'mia'");
            replica.send(
                    "PATCH",
                    "/users/" + id,
                    token,
                    "{\"password\":\"correct horse battery\",\"password_expired\":false}");
            HttpResponse<String> signedIn = replica.send(
                    "POST",
                    "/auth/login",
                    "",
                    "application/x-www-form-urlencoded",
                    "username=mia&password=correct+horse+battery");
            assertEquals(200, signedIn.statusCode(), signedIn.body());
            assertEquals(200, replica.status("GET", "/api/v1/users/me", member(signedIn.body(), "access_token")));
            String hash = (String) database.value("SELECT password_hash FROM users WHERE username = 'mia'");
            assertTrue(hash.matches("\\$argon2id\\$v=19\\$m=[0-9]+,t=[0-9]+,p=[0-9]+\\$.*"), hash);
            String list = replica.get("/api/v1/users?limit=1&q=mia", token).body();
            assertEquals("mia", member(list, "name"), list);
            String export = replica.get("/api/v1/users/export", token).body();
            assertTrue(export.contains("\"name\":\"mia\""), export);
            List<String> log = replica.log()
                    .lines()
                    .filter(line -> line.startsWith("{\"timestamp\":"))
                    .toList();
            assertFalse(log.isEmpty());
            log.forEach(line -> assertTrue(line.matches("\\{\"timestamp\":\"[^\"]+Z\",.*"), line));
        }
    }
}

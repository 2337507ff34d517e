package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.RawHttp;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file longer than other bodies may be, at every spelling of the path, with its length declared and without. */
@QuarkusTest
class ImportPathsTest {
    // An empty line is passed over
    private static final String FILE = "{\"name\":\"ada\"}" + "\n".repeat(0x200000);

    private final TestOrganization organization = TestOrganization.create();

    @ParameterizedTest
    @CsvSource({
        "/api/v1/users/import, 200",
        "/api/v1/users/import?mode=upsert, 200",
        "/api/v1/users/import;x=1, 200",
        "/api/v1;a/users;b=c/import;x=1;y=2, 200",
        "/api/v1/users/%69mport, 200",
        "/api/v1/users/%69mp%6Frt;x=%31, 200",
        "/api/v1/users/import/, 404",
        "/api/v1/users/import/;x=1, 404"
    })
    void whenLongThenTheSameWhetherItsLengthIsDeclared(String path, int status) {
        RawHttp.Answer declared = send("POST", path, "Content-Length: " + FILE.length(), FILE);
        assertEquals(status, declared.status(), declared.body());
        String chunk = Integer.toHexString(FILE.length()) + "\r\n" + FILE + "\r\n0\r\n\r\n";
        RawHttp.Answer chunked = send("POST", path, "Transfer-Encoding: chunked", chunk);
        assertEquals(status, chunked.status(), chunked.body());
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/users",
        "POST, /api/v1/users%2Fimport",
        "POST, /api/v1/users/import%3Bx=1",
        "PATCH, /api/v1/users/import"
    })
    void whenItIsNoImportThenADeclaredLengthBeyondTheLimitIsRefused(String method, String path) {
        RawHttp.Answer answer = send(method, path, "Content-Length: " + FILE.length(), FILE);
        assertEquals(413, answer.status(), answer.body());
    }

    private RawHttp.Answer send(String method, String path, String length, String body) {
        return RawHttp.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                + organization.token(Role.ADMIN) + "\r\nContent-Type: application/x-ndjson\r\n" + length + "\r\n\r\n"
                + body);
    }
}

package dev.roster.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.roster.doctor.Finding.Level;
import dev.roster.testing.FreePort;
import dev.roster.testing.MailServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What the doctor finds in variables, at the mail server, and at the addresses that clients and issuers have. */
class SurroundingsExaminationTest {
    @Test
    void aVariableThatIsNotReadIsSaidWithTheOneThatWasMeant() throws IOException {
        assertEquals(
                List.of(
                        new Finding(
                                Level.WARNING,
                                "variables",
                                "ROSTER_DB_POOLSIZE is no variable of Roster: did you mean ROSTER_DB_POOL_SIZE?"),
                        new Finding(
                                Level.WARNING,
                                "variables",
                                "ROSTER_SOMETHING is no variable of Roster, it is not read"),
                        new Finding(
                                Level.ERROR,
                                "variables",
                                "ROSTER_MAIL_PASSWORD must not have a backslash before a dollar sign")),
                variables(Map.of("ROSTER_DB_POOLSIZE", "5", "ROSTER_SOMETHING", "1", "ROSTER_MAIL_PASSWORD", "a\\$b")));
    }

    @Test
    void variablesOfTheDocumentAreKnownAlsoThoseOfTrustedIssuersAndProperties() {
        Properties properties = new Properties();
        properties.setProperty("roster.db.pool.size", "5");
        Variables variables = Variables.of(
                Map.of("ROSTER_TRUSTED_ISSUERS__KEYCLOAK2__JWKS_URL", "x", "ROSTER_ISSUER", "x"), properties);
        Findings findings = new Findings();
        variables.examine(findings);
        assertEquals(List.of(Level.OK), levels(findings.all()));
        assertEquals(5, variables.number("ROSTER_DB_POOL_SIZE"));
        assertEquals(587, variables.number("ROSTER_MAIL_PORT"));
    }

    @Test
    void aMailServerThatOffersWhatIsAskedForIsWell() throws IOException {
        int port = FreePort.next();
        try (MailServer server = MailServer.start(port)) {
            assertEquals(Level.OK, mail(port, "DISABLED").level());
            Finding found = mail(port, "REQUIRED");
            assertEquals(
                    new Finding(
                            Level.ERROR,
                            "mail",
                            "the server offers no STARTTLS, and ROSTER_MAIL_START_TLS is REQUIRED"),
                    found);
        }
        Finding gone = mail(port, "DISABLED");
        assertEquals(Level.ERROR, gone.level());
        assertTrue(gone.message().startsWith("127.0.0.1:" + port + " is not reached: "), gone.message());
    }

    @Test
    void theIssuerIsCalledAsClientsCallIt() throws IOException {
        withServer((server, url) -> {
            assertEquals(
                    new Finding(
                            Level.WARNING,
                            "issuer",
                            url + "/.well-known/oauth-authorization-server answers 404," + " and not as Roster"),
                    addresses(Map.of("ROSTER_ISSUER", url)).get(0));
            answer(server, "/.well-known/oauth-authorization-server", "{\"issuer\":\"" + url + "\"}");
            assertEquals(
                    List.of(new Finding(Level.OK, "issuer", url + " is this service")),
                    addresses(Map.of("ROSTER_ISSUER", url)));
            answer(server, "/other/.well-known/oauth-authorization-server", "{\"issuer\":\"" + url + "\"}");
            Finding other = addresses(Map.of("ROSTER_ISSUER", url + "/other")).get(0);
            assertEquals(Level.ERROR, other.level());
            assertTrue(other.message().contains("says the issuer is " + url), other.message());
        });
    }

    @Test
    void anIssuerThatNobodyReachesOrThatIsNotEncryptedIsAWarning() throws IOException {
        List<Finding> found = addresses(Map.of("ROSTER_ISSUER", "http://nowhere.invalid"));
        assertEquals(List.of(Level.WARNING, Level.WARNING), levels(found));
        assertTrue(found.get(0).message().contains("is not reached"), found.toString());
        assertTrue(found.get(1).message().startsWith("ROSTER_ISSUER is not https"), found.toString());
    }

    @Test
    void trustedIssuersHaveToAnswer() throws IOException {
        withServer((server, url) -> {
            String issuer = "ROSTER_TRUSTED_ISSUERS__A__ISSUER";
            String keys = "ROSTER_TRUSTED_ISSUERS__A__JWKS_URL";
            assertEquals(List.of(Level.ERROR), levels(addresses(Map.of(issuer, url))));
            String metadata = "/.well-known/openid-configuration";
            answer(server, metadata, "{}");
            assertEquals(List.of(Level.ERROR), levels(addresses(Map.of(issuer, url))));
            answer(server, metadata, "no JSON");
            assertEquals(List.of(Level.ERROR), levels(addresses(Map.of(issuer, url))));
            answer(server, metadata, "{\"issuer\":\"%s\"}".formatted(url));
            assertEquals(List.of(Level.ERROR), levels(addresses(Map.of(issuer, url))));
            String told = "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/found\"}";
            answer(server, metadata, told.formatted(url, url));
            assertEquals(List.of(Level.ERROR), levels(addresses(Map.of(issuer, url))));
            answer(server, "/found", "{\"keys\":[]}");
            assertEquals(List.of(Level.ERROR), levels(addresses(Map.of(issuer, url))));
            answer(server, "/found", "{\"keys\":[{}]}");
            Finding found = new Finding(Level.OK, "trusted_issuers", url + "/found has keys: 1");
            assertEquals(List.of(found), addresses(Map.of(issuer, url)));
            // Not that of the settings, which tokens have
            assertEquals(List.of(Level.ERROR), levels(addresses(Map.of(issuer, url + "/"))));
            answer(server, metadata, told.formatted(url + "/", url));
            assertEquals(List.of(found), addresses(Map.of(issuer, url + "/")));
            assertEquals(List.of(Level.ERROR), levels(addresses(Map.of(issuer, url, keys, url + "/keys"))));
            assertEquals(
                    List.of(Level.ERROR), levels(addresses(Map.of(issuer, url, keys, "http://nowhere.invalid/keys"))));
        });
    }

    @Test
    void credentialsInAnAddressAreNotShown() {
        String address = "https://ann:hidden@127.0.0.1:1/a";
        List<Finding> found = addresses(Map.of(
                "ROSTER_ISSUER", address,
                "ROSTER_TRUSTED_ISSUERS__A__ISSUER", address,
                "ROSTER_TRUSTED_ISSUERS__B__ISSUER", address,
                "ROSTER_TRUSTED_ISSUERS__B__JWKS_URL", "https://ann:hid den@127.0.0.1:1/b"));
        assertEquals(3, found.size(), found.toString());
        found.forEach(finding -> assertTrue(
                finding.message().contains("https://127.0.0.1:1/")
                        && !finding.message().contains("hid"),
                finding.message()));
    }

    private static List<Finding> variables(Map<String, String> environment) {
        Findings findings = new Findings();
        Variables.of(environment, new Properties()).examine(findings);
        return findings.all();
    }

    private static Finding mail(int port, String startTls) {
        Map<String, String> environment = Map.of(
                "ROSTER_MAIL_HOST", "127.0.0.1", "ROSTER_MAIL_PORT", "" + port, "ROSTER_MAIL_START_TLS", startTls);
        Findings findings = new Findings();
        new MailExamination(Variables.of(environment, new Properties()), findings).examine();
        return findings.all().get(0);
    }

    private static List<Finding> addresses(Map<String, String> environment) {
        Findings findings = new Findings();
        new AddressExamination(Variables.of(environment, new Properties()), findings).examine();
        return findings.all();
    }

    private static void withServer(BiConsumer<HttpServer, String> test) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        try {
            test.accept(server, "http://127.0.0.1:" + server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpServer server, String path, String json) {
        try {
            server.removeContext(path);
        } catch (IllegalArgumentException none) {
            // the first answer there
        }
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, json.length());
            exchange.getResponseBody().write(json.getBytes(UTF_8));
            exchange.close();
        });
    }

    private static List<Level> levels(List<Finding> findings) {
        return findings.stream().map(Finding::level).toList();
    }
}

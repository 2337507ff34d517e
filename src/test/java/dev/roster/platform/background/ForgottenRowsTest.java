package dev.roster.platform.background;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Cleaners;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What nobody used in time, or has not used for long, is forgotten, and nothing else. */
@QuarkusTest
class ForgottenRowsTest {
    private static final String CODE = "id, digest, application_id, user_id, browser_session_id, redirect_uri,"
            + " code_challenge, scopes, authenticated_at, created_at, ";
    private static final String CODE_VALUES = "gen_random_uuid(), digest, application, person, gen_random_uuid(), name,"
            + " name, ARRAY[name], now(), now()";

    static final List<Rows> TABLES = List.of(
            new Rows(
                    "ResetCleaner",
                    "password_resets",
                    "id, request_id, digest, email, created_at, expires_at",
                    "person, gen_random_uuid(), digest, name, now()",
                    Duration.ofMinutes(-1),
                    List.of(Duration.ofMinutes(10))),
            new Rows(
                    "EmailChangeCleaner",
                    "email_changes",
                    "id, email, token_id, created_at, expires_at",
                    "person, name, gen_random_uuid(), now()",
                    Duration.ofMinutes(-1),
                    List.of(Duration.ofHours(1))),
            new Rows(
                    "InviteCodeCleaner",
                    "invite_codes",
                    "digest, invite_id, token_id, expires_at",
                    "digest, invite, gen_random_uuid()",
                    Duration.ofDays(-31),
                    List.of(Duration.ofDays(-29), Duration.ofDays(1))),
            new Rows(
                    "CodeCleaner",
                    "authorization_codes",
                    CODE + "expires_at",
                    CODE_VALUES,
                    Duration.ofMinutes(-6),
                    List.of(Duration.ofMinutes(-2), Duration.ofMinutes(1))),
            new Rows(
                    "CodeCleaner",
                    "authorization_codes",
                    CODE + "used_at, expires_at",
                    CODE_VALUES + ", now()",
                    Duration.ofHours(-25),
                    List.of(Duration.ofHours(-23), Duration.ofMinutes(-6))),
            new Rows(
                    "KnownNetworkCleaner",
                    "known_networks",
                    "user_id, network, seen_at",
                    "person, digest",
                    Duration.ofDays(-20 * 365),
                    List.of(Duration.ofDays(-1))));

    private final TestOrganization organization = TestOrganization.create();

    /**
     * The rows of a table.
     *
     * @param columns those behind the organization; the last is their time
     * @param values of all columns but that
     * @param past when a row was that is forgotten
     * @param kept when others are, in their order
     */
    record Rows(String cleaner, String table, String columns, String values, Duration past, List<Duration> kept) {
        String time() {
            return columns.substring(columns.lastIndexOf(' ') + 1);
        }
    }

    @ParameterizedTest
    @FieldSource("TABLES")
    void whenTheirTimeIsOverThenTheyAreForgottenAndOthersAreNot(Rows rows) throws Throwable {
        Instant now = Instant.now();
        Stream.concat(Stream.of(rows.past()), rows.kept().stream()).forEach(age -> add(rows, now.plus(age)));
        VertxContextSupport.subscribeAndAwait(Cleaners.named(rows.cleaner())::run);
        Database.awaitReleased(rows.table() + " WHERE organization_id = ?", organization.id());
        String left = "SELECT string_agg(CAST(CAST(extract(epoch FROM %1$s) AS bigint) AS text), ' ' ORDER BY %1$s)"
                + " FROM %2$s WHERE organization_id = ?";
        assertEquals(
                rows.kept().stream()
                        .map(age -> String.valueOf(now.plus(age).getEpochSecond()))
                        .collect(Collectors.joining(" ")),
                Database.value(left.formatted(rows.time(), rows.table()), organization.id()));
    }

    private void add(Rows rows, Instant time) {
        String name = "at" + time.getEpochSecond();
        UUID person = TestRows.person(organization, name, Role.MEMBER);
        UUID invite = TestRows.invite(organization, name + "@example.org");
        UUID application = TestRows.application(organization);
        String insert = """
                INSERT INTO %s (organization_id, %s)
                SELECT organization, %s, to_timestamp(?)
                  FROM (VALUES (CAST(? AS uuid), CAST(? AS uuid), CAST(? AS uuid), CAST(? AS uuid), CAST(? AS text),
                                sha256(CAST(? AS bytea))))
                    AS given (organization, person, invite, application, name, digest)
                """;
        Database.execute(
                insert.formatted(rows.table(), rows.columns(), rows.values()),
                time.getEpochSecond(),
                organization.id(),
                person,
                invite,
                application,
                name,
                name);
    }
}

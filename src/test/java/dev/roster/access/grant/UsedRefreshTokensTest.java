package dev.roster.access.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Cleaners;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Refresh tokens that were used long ago do not wait for the end of their session. */
@QuarkusTest
class UsedRefreshTokensTest {
    private final TestOrganization organization = TestOrganization.create();

    @Test
    void whenUsedForAWeekThenForgottenAndLaterOnesAndThePresentOneAreNot() throws Throwable {
        UUID grant = grant();
        add(grant, "now() - interval '7 days 1 minute'", 1_500);
        add(grant, "now() - interval '6 days'", 1);
        add(grant, "CAST(NULL AS timestamptz)", 1);
        VertxContextSupport.subscribeAndAwait(Cleaners.named("RefreshTokenCleaner")::run);
        Database.awaitReleased("refresh_tokens WHERE organization_id = ?", organization.id());
        assertEquals(
                "6, none",
                Database.value(
                        "SELECT string_agg(coalesce(CAST(extract(day FROM now() - used_at) AS text), 'none'), ', '"
                                + " ORDER BY used_at) FROM refresh_tokens WHERE organization_id = ?",
                        organization.id()));
    }

    private UUID grant() {
        UUID id = UUID.randomUUID();
        UUID application = TestRows.application(organization);
        Database.execute(
                "INSERT INTO sessions (organization_id, id, user_id, application_id, device, created_at, last_seen_at,"
                        + " expires_at) VALUES (?, ?, ?, ?, 'x', now(), now(), now() + interval '1 day')",
                organization.id(),
                id,
                TestRows.person(organization, "ada", Role.MEMBER),
                application);
        Database.execute(
                "INSERT INTO application_grants (organization_id, id, application_id, scopes, authenticated_at, created_at)"
                        + " VALUES (?, ?, ?, '{users:read}', now(), now())",
                organization.id(),
                id,
                application);
        return id;
    }

    private void add(UUID grant, String used, int tokens) {
        Database.execute(
                "INSERT INTO refresh_tokens (organization_id, id, grant_id, digest, salt, used_at, created_at)"
                        + " SELECT ?, gen_random_uuid(), ?, sha256(CAST(CAST(gen_random_uuid() AS text) AS bytea)),"
                        + " CASE WHEN used IS NOT NULL THEN 'salt' END, used, now()"
                        + " FROM generate_series(1, ?), (SELECT " + used + " AS used) AS given",
                organization.id(),
                grant,
                tokens);
    }
}

package dev.roster.invite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.platform.background.Cleaner;
import dev.roster.testing.Cleaners;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Codes of links that ended a month ago are forgotten. */
@QuarkusTest
class InviteCodeCleanerTest {
    private final TestOrganization organization = TestOrganization.create();

    private final Cleaner cleaner = Cleaners.named("InviteCodeCleaner");

    @Test
    void whenTheLinkEndedAMonthAgoThenItsCodeIsForgottenAndOthersAreNot() throws Throwable {
        UUID invite = TestRows.invite(organization, "ada@example.org");
        add(invite, "old", "-31 days");
        add(invite, "late", "-29 days");
        add(invite, "good", "1 day");
        VertxContextSupport.subscribeAndAwait(cleaner::run);
        Database.awaitReleased("invite_codes WHERE organization_id = ?", organization.id());
        assertEquals(
                2L, Database.value("SELECT count(*) FROM invite_codes WHERE organization_id = ?", organization.id()));
    }

    private void add(UUID invite, String code, String end) {
        Database.execute(
                "INSERT INTO invite_codes (organization_id, digest, invite_id, token_id, expires_at)"
                        + " VALUES (?, sha256(CAST(? AS bytea)), ?, gen_random_uuid(), now() + CAST(? AS interval))",
                organization.id(),
                code,
                invite,
                end);
    }
}

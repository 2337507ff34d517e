package dev.roster.email;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.platform.background.Cleaner;
import dev.roster.testing.Cleaners;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Addresses that nobody confirmed in time are forgotten. */
@QuarkusTest
class EmailChangeCleanerTest {
    private final TestOrganization organization = TestOrganization.create();

    private final Cleaner cleaner = Cleaners.named("EmailChangeCleaner");

    @Test
    void whenTheLinkHasEndedThenTheAddressIsForgottenAndOthersWait() throws Throwable {
        add("past", "-1 minute");
        add("next", "1 hour");
        VertxContextSupport.subscribeAndAwait(cleaner::run);
        Database.awaitReleased("email_changes WHERE organization_id = ?", organization.id());
        assertEquals(
                "next@example.org",
                Database.value(
                        "SELECT string_agg(email, ' ') FROM email_changes WHERE organization_id = ?",
                        organization.id()));
    }

    private void add(String name, String end) {
        UUID user = TestRows.person(organization, name, Role.MEMBER);
        Database.execute(
                "INSERT INTO email_changes (organization_id, id, email, token_id, expires_at, created_at)"
                        + " VALUES (?, ?, ?, gen_random_uuid(), now() + CAST(? AS interval), now())",
                organization.id(),
                user,
                name + "@example.org",
                end);
    }
}

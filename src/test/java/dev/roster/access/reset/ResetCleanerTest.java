package dev.roster.access.reset;

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

/** Links to new passwords that nobody used in time are forgotten. */
@QuarkusTest
class ResetCleanerTest {
    private final TestOrganization organization = TestOrganization.create();

    private final Cleaner cleaner = Cleaners.named("ResetCleaner");

    @Test
    void whenTheLinkHasEndedThenItIsForgottenAndOthersAreNot() throws Throwable {
        add("past", "-1 minute");
        add("next", "10 minutes");
        VertxContextSupport.subscribeAndAwait(cleaner::run);
        Database.awaitReleased("password_resets WHERE organization_id = ?", organization.id());
        assertEquals(
                "next",
                Database.value(
                        "SELECT string_agg(email, ' ') FROM password_resets WHERE organization_id = ?",
                        organization.id()));
    }

    private void add(String name, String end) {
        UUID user = TestRows.person(organization, name, Role.MEMBER);
        Database.execute(
                "INSERT INTO password_resets (organization_id, id, request_id, digest, email, expires_at, created_at)"
                        + " VALUES (?, ?, gen_random_uuid(), sha256(CAST(? AS bytea)), ?, now() + CAST(? AS interval),"
                        + " now())",
                organization.id(),
                user,
                name,
                name,
                end);
    }
}

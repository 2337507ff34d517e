package dev.roster.access.password;

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

/** Networks that an account has long not been in are forgotten, and no others. */
@QuarkusTest
class KnownNetworkCleanerTest {
    private final TestOrganization organization = TestOrganization.create();

    private final Cleaner cleaner = Cleaners.named("KnownNetworkCleaner");

    @Test
    void whenSeenLongAgoThenForgotten() throws Throwable {
        UUID mia = TestRows.person(organization, "mia", Role.MEMBER);
        for (String age : new String[] {"1 day", "20 years"}) {
            Database.execute(
                    "INSERT INTO known_networks (organization_id, user_id, network, seen_at)"
                            + " VALUES (?, ?, sha256(convert_to(?, 'UTF8')), now() - CAST(? AS interval))",
                    organization.id(),
                    mia,
                    age,
                    age);
        }
        VertxContextSupport.subscribeAndAwait(cleaner::run);
        Database.awaitReleased("known_networks WHERE organization_id = ?", organization.id());
        assertEquals(
                1L, Database.value("SELECT count(*) FROM known_networks WHERE organization_id = ?", organization.id()));
    }
}

package dev.roster.organization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.access.client.ClientAuthentication;
import dev.roster.access.client.ClientCredentials;
import dev.roster.caller.Role;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.testing.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How organizations come into being. */
@QuarkusTest
class OrganizationsTest {
    @Inject
    Organizations organizations;

    @Inject
    ClientAuthentication clients;

    private final String name = "o-" + UUID.randomUUID();

    @Test
    void whenCreatedThenItsAdministratorCanSignIn() throws Throwable {
        NewOrganization made = await(() -> organizations.create(name, "Änne & Söhne"));
        assertTrue(made.client().secret().matches("rst_[A-Za-z0-9_-]{43}"));
        ClientCredentials credentials = new ClientCredentials(
                made.client().view().clientId(), made.client().secret());
        var client = await(() -> clients.authenticate(credentials)).orElseThrow();
        assertEquals(made.organization().id, client.organizationId());
        assertEquals(name, client.organization());
        assertEquals(Role.ADMIN, client.role());
        assertFalse(client.system());
        assertEquals(
                true,
                Database.value(
                        "SELECT is_internal AND status = 'active' AND kind = 'person' FROM users"
                                + " WHERE organization_id = ? AND username = 'admin'",
                        made.organization().id));
    }

    @Test
    void whenNameIsTakenThenRefusedAndNothingLeft() throws Throwable {
        await(() -> organizations.create(name, "A"));
        RosterException refused =
                assertThrows(RosterException.class, () -> await(() -> organizations.create(name, "B")));
        assertEquals(ErrorCode.ORGANIZATION_NAME_TAKEN, refused.code());
        assertEquals(
                1L,
                Database.value(
                        "SELECT count(*) FROM users u JOIN organizations o ON o.id = u.organization_id"
                                + " WHERE o.name = ?",
                        name));
    }

    private static <T> T await(Supplier<Uni<T>> step) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(step);
    }
}

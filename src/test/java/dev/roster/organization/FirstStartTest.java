package dev.roster.organization;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.client.ClientAuthentication;
import dev.roster.platform.database.Migrations;
import dev.roster.testing.Database;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a start makes of a database. */
@QuarkusTest
class FirstStartTest {
    @Inject Migrations migrations;
    @Inject Pool database;
    @Inject Organizations organizations;
    @Inject ClientAuthentication authentication;
    @Inject StartConsole console;

    @Test
    void whenDatabaseIsEmptyThenAdministratorWithSystemClient() {
        assertEquals(
                "admin",
                Database.value(
                        "SELECT u.username FROM clients c"
                                + " JOIN users u ON u.organization_id = c.organization_id AND u.id = c.user_id"
                                + " JOIN organizations o ON o.id = u.organization_id"
                                + " WHERE o.name = 'default' AND c.client_id = 'admin' AND c.is_system"));
    }

    @Test
    void whenDatabaseIsEmptyThenWhatIsMadeIsRecordedAsTheServicesOwn() {
        assertEquals(
                "organization.created, secret.created, user.created",
                Database.value(
                        "SELECT string_agg(type, ', ' ORDER BY type) FROM audit_events e"
                                + " JOIN organizations o ON o.id = e.organization_id"
                                + " WHERE o.name = 'default' AND e.actor_kind = 'system'"));
    }

    @Test
    void whenStartedAgainWithAnotherSecretThenTheFirstStays() throws Throwable {
        Object before = digest();
        new FirstStart(
                        migrations,
                        database,
                        organizations,
                        authentication,
                        new OtherSecret(),
                        console)
                .onStart(new StartupEvent());
        assertEquals(before, digest());
    }

    private static Object digest() {
        return Database.value(
                "SELECT encode(secret_digest, 'hex') FROM clients WHERE client_id = 'admin'");
    }

    private record OtherSecret() implements AdminClientSettings {
        @Override
        public String clientId() {
            return "admin";
        }

        @Override
        public Optional<String> clientSecret() {
            return Optional.of("another secret of the client");
        }
    }
}

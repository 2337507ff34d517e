package dev.roster.organization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.platform.database.MigrationSettings;
import dev.roster.testing.TestSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which settings of the first client the service starts with. */
class AdminClientTest {

    @Test
    void whenSettingsAreGoodThenTaken() {
        assertEquals(List.of(), TestSettings.broken(settings("admin", "0123456789abcdef")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "0123456789abcde", "0123456789abcdeä", "0123456789abcdef\n"})
    void whenSecretIsTooWeakOrOddThenRefused(String secret) {
        refused("ROSTER_ADMIN_CLIENT_SECRET", settings("admin", secret));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a:b", "a b", "ä", "sign-in-ops"})
    void whenIdIsOddThenRefused(String id) {
        refused("ROSTER_ADMIN_CLIENT_ID", settings(id, "0123456789abcdef"));
    }

    @ParameterizedTest
    @CsvSource({"start, true", "only, true", "off, false"})
    void whenResetWithoutSecretThenRefusedWhereItIsDone(String migrate, boolean refused) {
        MigrationSettings migrations = TestSettings.of(MigrationSettings.class, Map.of("roster.migrate", migrate));
        assertEquals(
                refused
                        ? List.of(
                                "ROSTER_ADMIN_RESET needs ROSTER_ADMIN_CLIENT_SECRET: the secret that lets the operator"
                                        + " in again")
                        : List.of(),
                TestSettings.broken(settings("admin", null), migrations));
    }

    private static void refused(String variable, AdminClientSettings settings) {
        List<String> broken = TestSettings.broken(settings);
        assertEquals(1, broken.size(), broken.toString());
        assertTrue(broken.get(0).startsWith(variable), broken.toString());
    }

    private static AdminClientSettings settings(String id, String secret) {
        return new AdminClientSettings() {
            @Override
            public String clientId() {
                return id;
            }

            @Override
            public Optional<String> clientSecret() {
                return Optional.ofNullable(secret);
            }

            @Override
            public boolean reset() {
                return secret == null;
            }
        };
    }
}

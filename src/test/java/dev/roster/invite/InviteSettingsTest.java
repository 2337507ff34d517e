package dev.roster.invite;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Issuer;
import dev.roster.caller.TokenSettings;
import dev.roster.testing.TestSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which settings of invites stop the start. */
class InviteSettingsTest {
    private static final Issuer ISSUER = new Issuer("https://roster.example", "roster", Duration.ofHours(1));

    @Test
    void whenKeysGoBeforeInvitesThenRefused() {
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> rules("PT24H", "P7D"));
        assertTrue(
                refused.getMessage()
                        .startsWith("ROSTER_SIGNING_KEYS_KEPT must not be shorter than" + " ROSTER_INVITE_LIFETIME"),
                refused.getMessage());
        assertDoesNotThrow(() -> rules("P7D", "P7D"));
    }

    private static InviteRules rules(String kept, String lifetime) {
        Map<String, String> settings = Map.of("roster.signing-keys-kept", kept, "roster.invite.lifetime", lifetime);
        return new InviteRules(
                TestSettings.of(InviteSettings.class, settings),
                TestSettings.of(TokenSettings.class, settings),
                ISSUER);
    }
}

package dev.roster.invite;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.security.Issuer;
import dev.roster.security.TokenSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which settings of invites stop the start. */
class InviteSettingsTest {
    private static final Issuer ISSUER =
            new Issuer("https://roster.example", "roster", Duration.ofHours(1));

    @Test
    void whenKeysGoBeforeInvitesThenRefused() {
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> rules("PT24H", "P7D"));
        assertTrue(
                refused.getMessage()
                        .startsWith(
                                "ROSTER_SIGNING_KEYS_KEPT must not be shorter than"
                                        + " ROSTER_INVITE_LIFETIME"),
                refused.getMessage());
        assertDoesNotThrow(() -> rules("P7D", "P7D"));
    }

    private static InviteRules rules(String kept, String lifetime) {
        SmallRyeConfig config =
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withMapping(InviteSettings.class)
                        .withMapping(TokenSettings.class)
                        .withValidateUnknown(false)
                        .withDefaultValue("roster.signing-keys-kept", kept)
                        .withDefaultValue("roster.invite.lifetime", lifetime)
                        .build();
        return new InviteRules(
                config.getConfigMapping(InviteSettings.class),
                config.getConfigMapping(TokenSettings.class),
                ISSUER);
    }
}

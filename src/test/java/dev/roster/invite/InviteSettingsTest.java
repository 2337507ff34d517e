package dev.roster.invite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.access.signing.KeySettings;
import dev.roster.testing.TestSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which settings of invites stop the start. */
class InviteSettingsTest {

    @Test
    void whenKeysGoBeforeInvitesThenRefused() {
        List<String> broken = broken("PT24H", "P7D");
        assertEquals(1, broken.size(), broken.toString());
        assertTrue(
                broken.get(0).startsWith("ROSTER_SIGNING_KEYS_KEPT must not be shorter than ROSTER_INVITE_LIFETIME"));
        assertEquals(List.of(), broken("P7D", "P7D"));
    }

    private static List<String> broken(String kept, String lifetime) {
        Map<String, String> settings = Map.of(
                "roster.signing-keys",
                "keys.json",
                "roster.signing-keys-kept",
                kept,
                "roster.invite.lifetime",
                lifetime);
        return TestSettings.broken(
                TestSettings.of(InviteSettings.class, settings), TestSettings.of(KeySettings.class, settings));
    }
}

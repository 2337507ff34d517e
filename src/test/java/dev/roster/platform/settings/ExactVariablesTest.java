package dev.roster.platform.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Beside;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A variable whose value would not arrive as it was meant is refused by its name; those of others are left alone. */
@Beside
class ExactVariablesTest {
    private static final String CONTROL = " must not have a line break or another control character, also at its end";
    private static final String LOCALE =
            " must not have characters that the locale of this process does not know: LC_ALL=C.UTF-8 knows all";

    @Test
    void eachIsSaidInTheOrderOfTheNames() {
        assertEquals(
                List.of(
                        "ROSTER_ADMIN_CLIENT_SECRET" + CONTROL,
                        "ROSTER_DB_PASSWORD" + LOCALE,
                        "ROSTER_MAIL_PASSWORD must not have a backslash before a dollar sign",
                        "ROSTER_TRUSTED_ISSUERS__IDP__AUDIENCE" + CONTROL),
                ExactVariables.refused(Map.of(
                        "ROSTER_TRUSTED_ISSUERS__IDP__AUDIENCE", "ros\tter",
                        "ROSTER_MAIL_PASSWORD", "a\\$b\n",
                        "ROSTER_DB_PASSWORD", "p\uFFFD\uFFFDssword",
                        "ROSTER_ADMIN_CLIENT_SECRET", "secret-of-the-admin\n")));
    }

    @Test
    void whatArrivesAndWhatOthersReadIsNotRefused() {
        assertEquals(
                List.of(),
                ExactVariables.refused(Map.of(
                        "ROSTER_DB_PASSWORD", " p\u00e4$s${w}\"'\u4e16 ",
                        "ROSTER_KEY", "-----BEGIN\n-----END\n",
                        "OTHER_PASSWORD", "a\\$b\n\uFFFD")));
    }
}

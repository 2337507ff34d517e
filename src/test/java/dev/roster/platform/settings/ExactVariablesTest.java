package dev.roster.platform.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Beside;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A variable whose value would not arrive as it was meant is refused by its name; those of others are left alone. */
@Beside
class ExactVariablesTest {
    private static final String WITHIN = " must not have a line break or another control character";
    private static final String CONTROL = WITHIN + ", also at its end";
    private static final String LOCALE =
            " must not have characters that the locale of this process, or of the build of a"
                    + " native executable, does not know: LC_ALL=C.UTF-8 knows all";

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

    /** As {@code echo} leaves one in a file, or {@code |} of YAML: it is no character of a number, but one of a password. */
    @ParameterizedTest
    @CsvSource({
        "ROSTER_DB_PASSWORD, true",
        "ROSTER_MAIL_USERNAME, true",
        "ROSTER_MAIL_PASSWORD, true",
        "ROSTER_ADMIN_CLIENT_SECRET, true",
        "ROSTER_AUDIENCE, true",
        "ROSTER_RESTORED, true",
        "ROSTER_SIGNING_KEYS, true",
        "ROSTER_TRUSTED_ISSUERS__IDP__CLIENT_SECRET, true",
        "ROSTER_TRUSTED_ISSUERS__IDP__CREATE_ACCOUNTS, false",
        "ROSTER_DB_URL, false",
        "ROSTER_DB_USERNAME, false",
        "ROSTER_DB_READ_URL, false",
        "ROSTER_DATA_DIR, false",
        "ROSTER_MIGRATE, false",
        "ROSTER_LOG_JSON, false",
        "ROSTER_TOKEN_LIFETIME, false",
        "ROSTER_HTTP_MAX_BODY, false",
        "ROSTER_DB_POOL_SIZE, false"
    })
    void whenALineEndsBehindAValueThenRefusedWhereItWouldBePartOfIt(String name, boolean isExact) {
        assertEquals(
                isExact ? List.of(name + CONTROL) : List.of(), ExactVariables.refused(Map.of(name, "1234567890\r\n")));
        assertEquals(
                List.of(name + (isExact ? CONTROL : WITHIN)), ExactVariables.refused(Map.of(name, "12345\n67890")));
    }

    @Test
    void propertiesOfTheProcessAreTheSameAndWin() {
        Properties properties = new Properties();
        properties.setProperty("roster.db.password", "one\n");
        properties.setProperty("roster.trusted-issuers.idp.client-secret", "two\n");
        properties.setProperty("other.password", "three\n");
        assertEquals(
                List.of("ROSTER_DB_PASSWORD" + CONTROL, "ROSTER_TRUSTED_ISSUERS__IDP__CLIENT_SECRET" + CONTROL),
                ExactVariables.refused(
                        ExactVariables.given(Map.of("ROSTER_DB_PASSWORD", "good", "OTHER", "\n"), properties)));
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

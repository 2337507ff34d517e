package dev.roster.api.oauth2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.access.token.OAuthError;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How form bodies are read. */
class FormTest {

    @ParameterizedTest
    @CsvSource({
        "a=1, 1",
        "a=1&, 1",
        "&&a=1, 1",
        "b=2&a=1, 1",
        "a=b=c, b=c",
        "a=%3d%26, =&",
        "a=x+y%2B, x y+",
        "%61=1, 1",
        "a=%c3%a9, é",
        "a=é, é",
    })
    void valueOfA(String body, String value) {
        assertEquals(Optional.of(value), parse(body).get("a"));
    }

    @ParameterizedTest
    @CsvSource({"a", "a=", "b=1", "''", "&"})
    void absentA(String body) {
        assertEquals(Optional.empty(), parse(body).get("a"));
    }

    @ParameterizedTest
    @CsvSource({"a=1&a=1", "a&a", "%61=1&a=2", "a=%", "a=%1", "a=%1g", "a=%ff", "a=%c3", "%=1", "a=%+1"})
    void refused(String body) {
        assertThrows(OAuthError.class, () -> parse(body));
    }

    @Test
    void whateverComesIsReadOrRefused() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            byte[] body = new byte[random.nextInt(40)];
            random.nextBytes(body);
            try {
                Form.parse(body).get("a");
            } catch (OAuthError refused) {
                assertEquals(OAuthError.Code.INVALID_REQUEST, refused.code());
            }
        }
    }

    private static Form parse(String body) {
        return Form.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}

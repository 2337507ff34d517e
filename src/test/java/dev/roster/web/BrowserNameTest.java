package dev.roster.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.access.session.SessionView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people call their browsers. */
class BrowserNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 | Chrome, Linux",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0 | Edge, Windows",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1 | Safari, iPhone",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:150.0) Gecko/20100101 Firefox/150.0 | Firefox, macOS",
                "Mozilla/5.0 (Linux; Android 17) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36 | Chrome, Android",
                "curl/8.14 | curl/8.14",
                "Mozilla/5.0 (compatible; something) | Mozilla/5.0 (compatible; something)"
            })
    void whenItTellsThenNamed(String userAgent, String name) {
        assertEquals(name, BrowserName.of(userAgent));
    }

    @Test
    void whenItTellsNothingThenADash() {
        assertEquals("–", BrowserName.of(null));
        assertEquals("–", BrowserName.of(SessionView.UNNAMED));
    }
}

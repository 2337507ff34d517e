package dev.roster.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;

/** How pages look: axe-core finds nothing in either colour, nothing scrolls sideways, and a picture of each is kept. */
public final class Look {
    private static final int WIDE = 800;

    // A small telephone, and WCAG 2.2 criterion 1.4.10
    private static final int NARROW = 320;

    private final Chromium browser;
    private final List<String> wrong = new ArrayList<>();

    /** Looks at what a browser shows. */
    public Look(Chromium browser) {
        this.browser = browser;
    }

    /** Looks at a page. */
    public void at(String name, String path) {
        browser.open(path);
        at(name);
    }

    /** Looks at the page that is shown. */
    public void at(String name) {
        for (String scheme : List.of("light", "dark")) {
            browser.scheme(scheme);
            browser.width(WIDE);
            browser.findings().forEach(finding -> wrong.add(name + " " + scheme + ": " + finding));
            browser.picture(name + "-" + scheme);
            browser.width(NARROW);
            browser.findings().forEach(finding -> wrong.add(name + " " + scheme + ", narrow: " + finding));
            if (browser.scrollsSideways()) {
                wrong.add(name + " scrolls sideways");
            }
        }
        browser.width(WIDE);
        assertFalse(browser.text().isEmpty());
    }

    /** Says all that was wrong. */
    public void assertFine() {
        assertEquals(List.of(), wrong);
    }
}

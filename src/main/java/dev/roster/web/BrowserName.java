package dev.roster.web;

import dev.roster.access.session.SessionView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What people call a browser and its system, as far as its user agent tells (RFC 9110 section 10.1.5). */
final class BrowserName {
    // The first that is found: most name others too, whose pages they want to get
    private static final Map<String, String> BROWSERS = new LinkedHashMap<>();
    private static final Map<String, String> SYSTEMS = new LinkedHashMap<>();

    static {
        BROWSERS.put("Edg", "Edge");
        BROWSERS.put("OPR/", "Opera");
        BROWSERS.put("Firefox/", "Firefox");
        BROWSERS.put("FxiOS/", "Firefox");
        BROWSERS.put("Chrome/", "Chrome");
        BROWSERS.put("CriOS/", "Chrome");
        BROWSERS.put("Safari/", "Safari");
        SYSTEMS.put("Windows", "Windows");
        SYSTEMS.put("Android", "Android");
        SYSTEMS.put("iPhone", "iPhone");
        SYSTEMS.put("iPad", "iPad");
        SYSTEMS.put("Mac OS X", "macOS");
        SYSTEMS.put("CrOS", "ChromeOS");
        SYSTEMS.put("Linux", "Linux");
    }

    private BrowserName() {}

    /** The names; of a program its user agent as it is, a dash for none. */
    static String of(String userAgent) {
        if (userAgent == null || userAgent.equals(SessionView.UNNAMED)) {
            return "–";
        }
        Optional<String> browser = userAgent.startsWith("Mozilla/") ? first(BROWSERS, userAgent) : Optional.empty();
        return browser.map(name -> first(SYSTEMS, userAgent)
                        .map(system -> name + ", " + system)
                        .orElse(name))
                .orElse(userAgent);
    }

    private static Optional<String> first(Map<String, String> names, String userAgent) {
        return names.entrySet().stream()
                .filter(entry -> userAgent.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}

package dev.roster.doctor;

import dev.roster.platform.settings.ExactVariables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the environment sets, beside what docs/configuration.md says can be set: that document is in the program, so that
 * there is no second list.
 */
final class Variables {
    private static final String DOCUMENT = "doctor/configuration.md";

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(ROSTER_[A-Z_<>]+)` \\| (?:`([^`]*)`)?");

    /** Names that differ by no more are one name with a slip in it. */
    private static final int SLIPS = 2;

    private final Map<String, String> environment;
    private final Map<String, String> documented;

    private Variables(Map<String, String> environment, Map<String, String> documented) {
        this.environment = environment;
        this.documented = documented;
    }

    /** The variables of a process, and its properties, which are the same in other words and win. */
    static Variables of(Map<String, String> environment, Properties properties) throws IOException {
        Map<String, String> all = new TreeMap<>(environment);
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith("roster."))
                .forEach(name -> all.put(
                        name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT), properties.getProperty(name)));
        return new Variables(all, documented());
    }

    private static Map<String, String> documented() throws IOException {
        try (InputStream document = Variables.class.getClassLoader().getResourceAsStream(DOCUMENT)) {
            Map<String, String> rows = new LinkedHashMap<>();
            String text = new String(document.readAllBytes(), StandardCharsets.UTF_8);
            ROW.matcher(text)
                    .results()
                    .forEach((MatchResult row) -> rows.put(row.group(1), row.group(2) == null ? "" : row.group(2)));
            return rows;
        }
    }

    Map<String, String> environment() {
        return environment;
    }

    /** What is set, or the documented default; empty where there is neither. */
    String value(String variable) {
        String set = environment.getOrDefault(variable, "").strip();
        return set.isEmpty() ? documented.getOrDefault(variable, "") : set;
    }

    /** What is set as a number, or the default where that is none: the start says so. */
    int number(String variable) {
        String value = value(variable);
        return Integer.parseInt(value.matches("[0-9]{1,6}") ? value : documented.get(variable));
    }

    void examine(Findings findings) {
        long before = findings.all().size();
        environment.keySet().stream()
                .filter(name -> name.startsWith("ROSTER_") && !isKnown(name))
                .forEach(name -> findings.warning("variables", name + " is no variable of Roster" + meant(name)));
        ExactVariables.inexpressible(environment)
                .ifPresent(name -> findings.error(
                        "variables", name + " must not have a backslash before a dollar sign: choose another value"));
        if (findings.all().size() == before) {
            findings.ok("variables", "each ROSTER_* that is set is one of docs/configuration.md");
        }
    }

    private boolean isKnown(String name) {
        return documented.containsKey(name.replaceAll("__[A-Z0-9]+__", "__<NAME>__"));
    }

    private String meant(String name) {
        return nearest(name).map(known -> ": did you mean " + known + "?").orElse(", it is not read");
    }

    private Optional<String> nearest(String name) {
        return documented.keySet().stream()
                .filter(known -> distance(name, known) <= SLIPS)
                .findFirst();
    }

    /** Letters to change, add or leave out (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}

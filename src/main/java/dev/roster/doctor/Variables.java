package dev.roster.doctor;

import dev.roster.platform.settings.ExactVariables;
import dev.roster.platform.settings.KnownVariables;
import dev.roster.platform.settings.Values;
import java.util.Map;
import java.util.Properties;

/** What the environment sets, beside what can be set. */
final class Variables {
    private final Map<String, String> environment;
    private final KnownVariables known;

    private Variables(Map<String, String> environment, KnownVariables known) {
        this.environment = environment;
        this.known = known;
    }

    static Variables of(Map<String, String> environment, Properties properties) {
        return new Variables(ExactVariables.given(environment, properties), KnownVariables.read());
    }

    Map<String, String> environment() {
        return environment;
    }

    /** What is set, or the documented default; empty where there is neither. */
    String value(String variable) {
        String set = environment.getOrDefault(variable, "").strip();
        return set.isEmpty() ? known.defaultOf(variable) : set;
    }

    /** What is set as a number, or the default where that is none: the start says so. */
    int number(String variable) {
        String value = value(variable);
        return Integer.parseInt(value.matches("[0-9]{1,6}") ? value : known.defaultOf(variable));
    }

    /** Whether what is set, or the default, says that something is on; not where it is no such word: the start says so. */
    boolean isOn(String variable) {
        return Values.isOn(value(variable)).orElse(false);
    }

    void examine(Findings findings) {
        long before = findings.all().size();
        known.unknown(environment.keySet())
                .forEach(name -> findings.warning("variables", name + " is no variable of Roster" + meant(name)));
        ExactVariables.refused(environment).forEach(rule -> findings.error("variables", rule));
        if (findings.all().size() == before) {
            findings.ok("variables", "each ROSTER_* that is set is one of docs/configuration.md");
        }
    }

    private String meant(String name) {
        return known.nearest(name).map(meant -> ": did you mean " + meant + "?").orElse(", it is not read");
    }
}

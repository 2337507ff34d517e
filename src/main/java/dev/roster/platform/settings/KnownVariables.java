package dev.roster.platform.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The variables that docs/configuration.md says can be set, each with its default: that document is in the program, so that
 * there is no second list.
 */
public final class KnownVariables {
    private static final String DOCUMENT = "doctor/configuration.md";

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(ROSTER_[A-Z_<>]+)` \\| (?:`([^`]*)`)?");

    /** What stands between the parts of a name for which an operator chooses one of its own. */
    private static final Pattern ISSUER = Pattern.compile("__[A-Z0-9]+__");

    private static final String ANY_ISSUER = "__<NAME>__";

    /** What others read that a shell or a container may share with the service: the command line, compose.yaml, tests. */
    private static final Set<String> OF_OTHERS = Set.of(
            "CLIENT_ID",
            "CLIENT_SECRET",
            "CONFIG",
            "FIREBASE_SCRYPT",
            "KEY",
            "MEMORY",
            "SCHEME",
            "TOKEN",
            "TOOLS",
            "URL",
            "VERSION");

    private static final String PREFIX = "ROSTER_";
    private static final String OF_TESTS = PREFIX + "TEST_";

    /** By which Kubernetes tells containers of a Service ("Environment variables"), which may be named as this one. */
    private static final String SERVICE_HOST = "_SERVICE_HOST";

    /** Names that differ by no more are one name with a slip in it. */
    private static final int SLIPS = 2;

    private final Map<String, String> documented;

    private KnownVariables(Map<String, String> documented) {
        this.documented = documented;
    }

    /** Those of this version. */
    public static KnownVariables read() {
        try (InputStream document = KnownVariables.class.getClassLoader().getResourceAsStream(DOCUMENT)) {
            Map<String, String> rows = new LinkedHashMap<>();
            String text = new String(document.readAllBytes(), StandardCharsets.UTF_8);
            ROW.matcher(text)
                    .results()
                    .forEach((MatchResult row) -> rows.put(row.group(1), row.group(2) == null ? "" : row.group(2)));
            return new KnownVariables(rows);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The documented default of a variable; empty where there is none. */
    public String defaultOf(String variable) {
        return documented.getOrDefault(variable, "");
    }

    /** Those of an environment that look like variables of the service and are none, in their order. */
    public List<String> unknown(Set<String> environment) {
        List<String> services = environment.stream()
                .filter(name -> name.endsWith(SERVICE_HOST))
                .map(name -> name.substring(0, name.length() - SERVICE_HOST.length()))
                .toList();
        return new TreeSet<>(environment)
                .stream()
                        .filter(name -> name.startsWith(PREFIX) && !isKnown(name))
                        .filter(name -> services.stream().noneMatch(service -> isOf(service, name)))
                        .toList();
    }

    /** The known name that was meant, if it differs by a slip. */
    public Optional<String> nearest(String name) {
        Matcher issuer = ISSUER.matcher(name);
        String chosen = issuer.find() ? issuer.group() : "";
        return documented.keySet().stream()
                .map(known -> chosen.isEmpty() ? known : known.replace(ANY_ISSUER, chosen))
                .filter(known -> distance(name, known) <= SLIPS)
                .min(Comparator.comparingInt(known -> distance(name, known)));
    }

    /** Whether it is one of the service. */
    boolean isDocumented(String name) {
        return documented.containsKey(ISSUER.matcher(name).replaceAll(ANY_ISSUER));
    }

    private boolean isKnown(String name) {
        return isDocumented(name) || OF_OTHERS.contains(name.substring(PREFIX.length())) || name.startsWith(OF_TESTS);
    }

    private static boolean isOf(String service, String name) {
        return Stream.of("_SERVICE_HOST", "_SERVICE_PORT", "_PORT").anyMatch(part -> name.startsWith(service + part));
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

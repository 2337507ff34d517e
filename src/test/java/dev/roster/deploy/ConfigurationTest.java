package dev.roster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.ProjectFiles;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/configuration.md names every variable that the service reads, and its default. */
class ConfigurationTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path COMMANDS = SOURCES.resolve("dev/roster/cli");
    private static final String VARIABLE = "\"(ROSTER_[A-Z_]*[A-Z])\"";
    private static final String DOCUMENTED = ProjectFiles.text("docs/configuration.md");

    /** Set by the start itself, from what ROSTER_DB_URL says, and by the doctor. */
    private static final Set<String> INTERNAL =
            Set.of("ROSTER_DB_JDBC_URL", "ROSTER_DB_REACTIVE_URL", "ROSTER_EMBEDDED", "ROSTER_EXAMINE");

    @Test
    void everyVariableIsDocumented() {
        assertEquals(read().keySet(), documented("ROSTER_"));
    }

    @Test
    void everyVariableOfTheCommandLineIsDocumented() {
        Set<String> read = quoted(VARIABLE, texts(file -> file.startsWith(COMMANDS)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertFalse(read.isEmpty());
        assertEquals(
                read,
                quoted("`(ROSTER_[A-Z_]+)`", ProjectFiles.text("docs/cli.md"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void defaultsAreThoseOfTheCode() {
        read().forEach((variable, value) -> assertTrue(
                value.isEmpty() || row(variable).contains("`" + value + "`"), variable + " has the default " + value));
    }

    @Test
    void manifestsSetNothingUnknown() {
        Set<String> known = documented("[A-Z]+_");
        Stream<String> set = Stream.of(
                        PodsTest.containers()
                                .filter(c -> c.path("image").asText().startsWith("roster:"))
                                .flatMap(c -> ProjectFiles.each(c.path("env")))
                                .map(variable -> variable.path("name").asText()),
                        KustomizationsTest.kustomizations()
                                .flatMap(k -> KustomizationsTest.literals(k.tree()))
                                .map(literal -> literal.replaceAll("=.*", ""))
                                .map(ConfigurationTest::unnamed),
                        names(ProjectFiles.yaml("compose.yaml").at("/services/roster/environment")))
                .flatMap(names -> names);
        set.forEach(variable -> assertTrue(known.contains(variable), variable));
    }

    @Test
    void theBenchmarkSetsNothingUnknown() {
        Set<String> set = ProjectFiles.below(Path.of("bench"), ".py").stream()
                .flatMap(file -> quoted("\\b(ROSTER_[A-Z_]+)=", ProjectFiles.text(file)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(set.size() > 5, set.toString());
        set.removeAll(documented("ROSTER_"));
        assertEquals(Set.of(), set);
    }

    @Test
    void aSecretIsNeverPartOfAConfigMap() {
        KustomizationsTest.kustomizations()
                .flatMap(manifest -> KustomizationsTest.literals(manifest.tree()))
                .forEach(literal -> assertTrue(!literal.matches("\\w*(PASSWORD|SECRET)=.*"), literal));
    }

    /** What the service reads, with defaults; empty where there is none. */
    private static Map<String, String> read() {
        Map<String, String> variables = new TreeMap<>();
        mappings()
                .map(ConfigMappings::getProperties)
                .forEach(properties ->
                        properties.forEach((name, property) -> variables.put(variable(name), defaultOf(property))));
        quoted(VARIABLE, sources()).forEach(name -> variables.putIfAbsent(name, ""));
        quoted("\\$\\{(roster\\.[a-z.-]+)", ProjectFiles.text("src/main/resources/application.properties"))
                .forEach(name -> variables.putIfAbsent(variable(name), ""));
        variables.keySet().removeAll(INTERNAL);
        // One of Quarkus is read to be refused
        variables.keySet().removeIf(name -> !name.startsWith("ROSTER_"));
        return variables;
    }

    private static Stream<ConfigClass> mappings() {
        return ProjectFiles.below(SOURCES).stream()
                .filter(file -> ProjectFiles.text(file).contains("@ConfigMapping("))
                .map(ConfigurationTest::type)
                .map(type -> ConfigClass.configClass(
                        type, type.getAnnotation(ConfigMapping.class).prefix()));
    }

    private static Class<?> type(Path file) {
        String name = SOURCES.relativize(file).toString().replace(".java", "");
        try {
            return Class.forName(name.replace('/', '.').replace('\\', '.'));
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String defaultOf(Property property) {
        return property.isLeaf() && property.hasDefaultValue()
                ? property.asLeaf().getDefaultValue()
                : "";
    }

    /** As in the environment; a name of the operator's choice is quoted by two underscores. */
    private static String variable(String property) {
        return property.replace(".*.", "__<NAME>__")
                .replaceAll("[^A-Za-z<>]", "_")
                .toUpperCase(Locale.ROOT);
    }

    /** The opposite: the operator's choice of a name is no part of what is documented. */
    private static String unnamed(String variable) {
        return variable.replaceAll("__[A-Z0-9]+__", "__<NAME>__");
    }

    private static String sources() {
        return texts(file -> !file.startsWith(COMMANDS));
    }

    private static String texts(Predicate<Path> which) {
        return ProjectFiles.below(SOURCES).stream()
                .filter(which)
                .map(ProjectFiles::text)
                .collect(Collectors.joining());
    }

    private static Stream<String> quoted(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1));
    }

    private static Set<String> documented(String prefix) {
        return Pattern.compile("(?m)^\\| `(" + prefix + "[A-Z_<>]+)` \\|")
                .matcher(DOCUMENTED)
                .results()
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String row(String variable) {
        return DOCUMENTED
                .lines()
                .filter(line -> line.startsWith("| `" + variable + "` |"))
                .findFirst()
                .orElse("");
    }

    private static Stream<String> names(JsonNode object) {
        return Manifest.labels(object).keySet().stream();
    }
}

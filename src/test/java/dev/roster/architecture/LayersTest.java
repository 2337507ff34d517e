package dev.roster.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.roster.testing.Beside;
import dev.roster.testing.ProjectFiles;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The picture of the house in README.md: each part knows parts of the lines below its own, and no other. */
@Beside
class LayersTest {
    private static final String HOUSE = "dev.roster.";

    /** Has the entry point alone, which starts whatever is asked for. */
    private static final String ROOT = "dev.roster";

    /** A line of the picture: its parts, then what they are. */
    private static final Pattern LINE = Pattern.compile("([a-z]+(?:, [a-z]+)*) {2,}\\S.*");

    /** Beside the house, with what each may know of it. */
    private static final Map<String, Set<String>> BESIDE = Map.of("cli", Set.of(), "doctor", Set.of("platform"));

    @Test
    void everyPartKnowsThoseBelowItAlone() {
        Map<String, Integer> lines = lines();
        Set<String> parts = new HashSet<>(lines.keySet());
        parts.addAll(BESIDE.keySet());
        Set<String> known = new HashSet<>();
        Set<String> wrong = new TreeSet<>();
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT).stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(LayersTest::isInTheHouse)
                        .forEach(dependency -> {
                            String from = part(dependency.getOriginClass());
                            String to = part(dependency.getTargetClass());
                            known.add(from);
                            known.add(to);
                            boolean allowed = BESIDE.containsKey(from)
                                    ? BESIDE.get(from).contains(to)
                                    : lines.getOrDefault(from, 0) < lines.getOrDefault(to, 0);
                            if (!from.equals(to) && !allowed) {
                                wrong.add(from + " knows " + to + ": " + dependency.getDescription());
                            }
                        });
        assertEquals(Set.of(), wrong);
        assertEquals(new TreeSet<>(parts), new TreeSet<>(known));
    }

    /** The line of each part, counted from the top. */
    private static Map<String, Integer> lines() {
        List<String> picture = ProjectFiles.text("README.md")
                .lines()
                .dropWhile(line -> !line.equals("## How it is built"))
                .dropWhile(line -> !line.equals("```"))
                .skip(1)
                .takeWhile(line -> !line.equals("```"))
                .toList();
        Map<String, Integer> lines = new HashMap<>();
        int number = 0;
        for (String line : picture) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                number++;
                for (String part : parts.group(1).split(", ", -1)) {
                    lines.put(part, number);
                }
            }
        }
        assertTrue(number > 5, picture::toString);
        return lines;
    }

    private static boolean isInTheHouse(Dependency dependency) {
        return isInAPart(dependency.getOriginClass()) && isInAPart(dependency.getTargetClass());
    }

    private static boolean isInAPart(JavaClass type) {
        return type.getPackageName().startsWith(HOUSE);
    }

    private static String part(JavaClass type) {
        return type.getPackageName().substring(HOUSE.length()).split("\\.", 2)[0];
    }
}

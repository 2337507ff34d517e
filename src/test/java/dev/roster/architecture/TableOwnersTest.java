package dev.roster.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.ProjectFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A table is written by the package that owns it, and by no other: the SQL of all sources, and the entities. */
@Beside
class TableOwnersTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/roster");
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Pattern TABLE = Pattern.compile("CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?(\\w+)");
    private static final Pattern ENTITY = Pattern.compile("@Table\\(\\s*name = \"(\\w+)\"");
    private static final Pattern WRITE =
            Pattern.compile("\\b(?:INSERT INTO|UPDATE|DELETE FROM|insert into|update|delete from)\\s+(\\w+)");

    // Deletes the rows of a table that its owner names
    private static final Pattern CLEANED = Pattern.compile("new Past(?:OfOrganizations)?\\(\\s*\"(\\w+)\"");

    @Test
    void whenTableThenOneWriter() {
        Set<String> tables = tables();
        Map<String, String> entities = new HashMap<>();
        for (Path source : ProjectFiles.below(SOURCES, ".java")) {
            Matcher table = ENTITY.matcher(ProjectFiles.text(source));
            if (table.find()) {
                entities.put(type(source), table.group(1));
            }
        }
        Map<String, Set<String>> writers = new TreeMap<>();
        for (Path source : ProjectFiles.below(SOURCES, ".java")) {
            String text = ProjectFiles.text(source);
            for (String written : written(text, entities)) {
                if (tables.contains(written)) {
                    writers.computeIfAbsent(written, table -> new TreeSet<>()).add(owner(source));
                }
            }
        }
        assertTrue(writers.size() > 15, writers.toString());
        writers.values().removeIf(owners -> owners.size() == 1);
        assertEquals(Map.of(), writers);
    }

    /** Tables in statements, and entities that are made or deleted. */
    private static Set<String> written(String text, Map<String, String> entities) {
        Set<String> written = new TreeSet<>();
        for (Pattern pattern : new Pattern[] {WRITE, CLEANED}) {
            pattern.matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .map(name -> entities.getOrDefault(name, name))
                    .forEach(written::add);
        }
        entities.forEach((entity, table) -> {
            if (Pattern.compile("\\b" + entity + "\\.(update|delete|deleteById)\\(|\\bnew " + entity + "\\(\\)")
                    .matcher(text)
                    .find()) {
                written.add(table);
            }
        });
        return written;
    }

    private static Set<String> tables() {
        Set<String> tables = new TreeSet<>();
        for (Path migration : ProjectFiles.below(MIGRATIONS)) {
            TABLE.matcher(ProjectFiles.text(migration)).results().forEach(found -> tables.add(found.group(1)));
        }
        return tables;
    }

    private static String type(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }

    private static String owner(Path source) {
        return SOURCES.relativize(source.getParent()).toString();
    }
}

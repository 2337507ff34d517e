package dev.roster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.ProjectFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every table has its place in a Citus cluster, and its constraints allow that place. */
class CitusTest {
    private static final String DISTRIBUTE = ProjectFiles.text("deploy/kubernetes/overlays/citus/distribute.sql");

    private static final String MIGRATIONS = ProjectFiles.in("src/main/resources/db/migration").stream()
            .map(ProjectFiles::text)
            .collect(Collectors.joining("\n"));

    @Test
    void everyTableIsDistributedOrReferenceOrLocal() {
        List<String> placed = new ArrayList<>(distributed());
        placed.addAll(reference());
        placed.addAll(local());
        assertEquals(tables().keySet(), new TreeSet<>(placed));
        assertEquals(placed.size(), Set.copyOf(placed).size(), "one place for each");
    }

    @Test
    void keysOfDistributedTablesBeginWithTheOrganization() {
        for (String table : distributed()) {
            Stream<MatchResult> keys = Stream.concat(
                    found("(?:PRIMARY KEY|UNIQUE) \\((\\w+)", tables().get(table) + changes(table)),
                    found("CREATE UNIQUE INDEX \\w+\\s+ON " + table + " (?:USING \\w+ )?\\((\\w+)", MIGRATIONS));
            keys.forEach(key -> assertEquals("organization_id", key.group(1), table));
        }
    }

    @Test
    void foreignKeysStayWithinAnOrganizationOrLeadToReferenceTables() {
        for (String table : distributed()) {
            found("FOREIGN KEY \\((\\w+)[^)]*\\)\\s+REFERENCES (\\w+)", tables().get(table) + changes(table))
                    .forEach(key -> {
                        assertEquals("organization_id", key.group(1), table);
                        assertTrue(
                                reference().contains(key.group(2))
                                        || distributed().indexOf(key.group(2))
                                                < distributed().indexOf(table),
                                table + " refers to " + key.group(2));
                    });
        }
    }

    @Test
    void theOtherTablesReferToNone() {
        Stream.concat(reference().stream(), local().stream())
                .forEach(table -> assertTrue(!(tables().get(table) + changes(table)).contains("REFERENCES"), table));
    }

    @Test
    void rowsOfDistributedTablesAreNotNumbered() {
        for (String table : distributed()) {
            String definition = tables().get(table) + changes(table);
            assertEquals(
                    0, found("(?i)GENERATED|\\w*serial\\b|nextval", definition).count(), table);
        }
    }

    @Test
    void constraintsDoNotEndAsShardsDo() {
        assertEquals(0, found("CONSTRAINT \\w+_\\d+\\b", MIGRATIONS).count());
        assertEquals(0, found("CREATE UNIQUE INDEX \\w+_\\d+\\b", MIGRATIONS).count());
    }

    @Test
    void whatIsSetComesFirst() {
        int first = DISTRIBUTE.indexOf("SELECT create_");
        for (String setting : List.of(
                "citus.enable_local_reference_table_foreign_keys TO off",
                "citus.multi_shard_modify_mode TO 'sequential'")) {
            int at = DISTRIBUTE.indexOf("SET " + setting);
            assertTrue(at >= 0 && at < first, setting);
        }
    }

    /** What later migrations change of a table. */
    private static String changes(String table) {
        return found("(?s)ALTER TABLE " + table + "\\b(.*?);", MIGRATIONS)
                .map(match -> match.group(1))
                .collect(Collectors.joining("\n"));
    }

    private static List<String> distributed() {
        return found("create_distributed_table\\('(\\w+)', 'organization_id'", DISTRIBUTE)
                .map(match -> match.group(1))
                .toList();
    }

    private static List<String> reference() {
        return found("create_reference_table\\('(\\w+)'", DISTRIBUTE)
                .map(match -> match.group(1))
                .toList();
    }

    private static List<String> local() {
        return found("-- organization: ([\\w, ]+)\\.", DISTRIBUTE)
                .flatMap(match -> Stream.of(match.group(1).split(", ")))
                .toList();
    }

    /** The definition of each table. */
    private static Map<String, String> tables() {
        return found("(?s)CREATE (?:UNLOGGED )?TABLE (\\w+) \\((.*?)\\n\\)", MIGRATIONS)
                .collect(Collectors.toMap(
                        match -> match.group(1), match -> match.group(2), (first, second) -> first, TreeMap::new));
    }

    private static Stream<MatchResult> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results();
    }
}

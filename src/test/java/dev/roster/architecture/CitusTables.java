package dev.roster.architecture;

import dev.roster.testing.ProjectFiles;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where the tables are in a Citus cluster. */
final class CitusTables {
    private static final String DISTRIBUTE = ProjectFiles.text("deploy/kubernetes/overlays/citus/distribute.sql");

    static final Set<String> DISTRIBUTED = tables("create_distributed_table\\('(\\w+)'");
    static final Set<String> REFERENCE = tables("create_reference_table\\('(\\w+)'");

    private CitusTables() {}

    private static Set<String> tables(String call) {
        return Pattern.compile(call)
                .matcher(DISTRIBUTE)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

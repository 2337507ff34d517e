package dev.roster.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.ProjectFiles;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/audit.md names every type of event, each once. */
class AuditDocumentTest {
    private static final Pattern FIRST_CELL = Pattern.compile("^\\| (`[^|]*`) \\|", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @Test
    void everyTypeIsDocumented() {
        String document = ProjectFiles.text("docs/audit.md");
        String types = document.substring(document.indexOf("## Types"), document.indexOf("## Keeping"));
        List<String> documented = FIRST_CELL
                .matcher(types)
                .results()
                .flatMap(row -> NAME.matcher(row.group(1)).results())
                .map((MatchResult name) -> name.group(1))
                .sorted()
                .toList();
        List<String> known =
                Arrays.stream(AuditType.values()).map(AuditType::value).sorted().toList();
        assertEquals(known, documented);
    }
}

package dev.roster.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.roster.testing.ProjectFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a newcomer meets when opening a file. */
class SourceFilesTest {
    // A file past this is asking to be two.
    private static final int LONGEST = 250;

    private static final Pattern TOP_LEVEL_TYPE = Pattern.compile(
            "^(?:public |abstract |final |sealed |non-sealed |strictfp )*"
                    + "(?:class|interface|@interface|enum|record) \\w+",
            Pattern.MULTILINE);

    @Test
    void noFileIsTooLong() {
        assertEquals(List.of(), files(text -> text.lines().count() > LONGEST));
    }

    @Test
    void aFileHasOneTopLevelType() {
        assertEquals(
                List.of(), files(text -> TOP_LEVEL_TYPE.matcher(text).results().count() != 1));
    }

    @Test
    void everyPublicTypeSaysItsJob() {
        assertEquals(List.of(), files(text -> text.contains("\npublic ") && !hasJavadocBeforeTheType(text)));
    }

    @Test
    void theSourcesAreFound() {
        assertFalse(files(text -> true).isEmpty());
    }

    private static boolean hasJavadocBeforeTheType(String text) {
        int type = text.indexOf("\npublic ");
        int imports = Math.max(text.lastIndexOf("\nimport ", type), text.indexOf("\npackage "));
        return text.substring(Math.max(imports, 0), type).contains("/**");
    }

    private static List<String> files(Predicate<String> text) {
        Path sources = Path.of("src/main/java");
        return ProjectFiles.below(sources, ".java").stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .filter(file -> text.test(ProjectFiles.text(file)))
                .map(file -> sources.relativize(file).toString())
                .sorted()
                .toList();
    }
}

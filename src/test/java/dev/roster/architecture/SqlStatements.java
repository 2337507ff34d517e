package dev.roster.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.Roster;
import dev.roster.testing.ProjectFiles;
import dev.roster.user.UserStatements;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements of the service: its constants, which are put together from parts, and what its sources have in quotes. */
final class SqlStatements {
    private static final Path CLASSES = Path.of(URI.create(
            Roster.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern QUOTED =
            Pattern.compile("\"\"\"\\n(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);
    private static final Pattern STATEMENT = Pattern.compile(
            "\\s*(?:/\\*.*?\\*/\\s*)?(?:SELECT|WITH|INSERT INTO|UPDATE|DELETE FROM)\\b.*", Pattern.DOTALL);
    private static final Pattern PART = Pattern.compile(".*%(?:\\d\\$)?[sd].*", Pattern.DOTALL);

    private SqlStatements() {}

    /** Whole statements, by where they are. Parts of others stand in those. */
    static Map<String, String> whole() {
        Map<String, String> statements = new TreeMap<>();
        UserStatements.all().forEach((name, sql) -> statements.put("UserQuery: " + name, oneLine(sql)));
        for (String type : types()) {
            for (Field field : fields(type)) {
                String value = constant(field);
                if (isWhole(value) && !field.getName().equals("SELECT")) {
                    statements.put(type + "." + field.getName(), oneLine(value));
                }
            }
        }
        quoted().forEach((place, text) -> {
            if (isWhole(text) && statements.values().stream().noneMatch(whole -> whole.startsWith(oneLine(text)))) {
                statements.put(place, oneLine(text));
            }
        });
        return statements;
    }

    /** All that is in quotes, by file and line. */
    static Map<String, String> quoted() {
        Map<String, String> texts = new TreeMap<>();
        for (Path source : ProjectFiles.below(SOURCES, ".java")) {
            String text = ProjectFiles.text(source);
            Matcher quoted = QUOTED.matcher(text);
            while (quoted.find()) {
                long line = text.substring(0, quoted.start()).lines().count();
                texts.put(
                        SOURCES.relativize(source) + ":" + line + ":" + quoted.start(),
                        quoted.group(1) == null ? quoted.group(2) : quoted.group(1));
            }
        }
        return texts;
    }

    /** None of the whole ones has a fault; empty means that it has none. */
    static void assertNone(Function<String, String> fault) {
        Map<String, String> found = new TreeMap<>();
        whole().forEach((place, statement) -> {
            String said = fault.apply(statement);
            if (!said.isEmpty()) {
                found.put(place, said);
            }
        });
        assertEquals(Map.of(), found);
    }

    /** The text of each source. */
    static List<String> sources() {
        return ProjectFiles.below(SOURCES, ".java").stream()
                .map(ProjectFiles::text)
                .toList();
    }

    static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static boolean isWhole(String text) {
        return text != null
                && STATEMENT.matcher(text).matches()
                && !PART.matcher(text).matches()
                && text.chars().filter(c -> c == '(').count()
                        == text.chars().filter(c -> c == ')').count();
    }

    private static List<String> types() {
        return ProjectFiles.below(CLASSES.resolve("dev/roster"), ".class").stream()
                .map(file -> CLASSES.relativize(file).toString().replace('/', '.'))
                .map(name -> name.substring(0, name.length() - ".class".length()))
                .toList();
    }

    private static Field[] fields(String type) {
        try {
            return Class.forName(type, false, SqlStatements.class.getClassLoader())
                    .getDeclaredFields();
        } catch (ClassNotFoundException | NoClassDefFoundError none) {
            return new Field[0];
        }
    }

    private static String constant(Field field) {
        int modifiers = field.getModifiers();
        if (!Modifier.isStatic(modifiers) || !Modifier.isFinal(modifiers) || field.getType() != String.class) {
            return null;
        }
        try {
            field.setAccessible(true);
            return (String) field.get(null);
        } catch (IllegalAccessException | LinkageError failure) {
            throw new IllegalStateException(field.toString(), failure);
        }
    }
}

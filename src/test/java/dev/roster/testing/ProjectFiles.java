package dev.roster.testing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of the project, as they lie in the repository. */
public final class ProjectFiles {
    public static final Path KUBERNETES = Path.of("deploy/kubernetes");

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private ProjectFiles() {}

    /** What a file says. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static String text(String file) {
        return text(Path.of(file));
    }

    /** The only document of a YAML or JSON file. */
    public static JsonNode yaml(Path file) {
        List<JsonNode> documents = documents(file);
        if (documents.size() != 1) {
            throw new IllegalStateException(file + " has " + documents.size() + " documents");
        }
        return documents.get(0);
    }

    public static JsonNode yaml(String file) {
        return yaml(Path.of(file));
    }

    /** The documents of a YAML or JSON file. */
    public static List<JsonNode> documents(Path file) {
        List<JsonNode> documents = new ArrayList<>();
        try (JsonParser parser = YAML.createParser(file.toFile())) {
            while (parser.nextToken() != null) {
                documents.add(YAML.readTree(parser));
            }
            return documents;
        } catch (IOException failure) {
            throw new UncheckedIOException(file.toString(), failure);
        }
    }

    /** The files below a folder, in the order of their names. */
    public static List<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same of those with this end. */
    public static List<Path> below(Path folder, String end) {
        return below(folder).stream()
                .filter(file -> file.toString().endsWith(end))
                .toList();
    }

    /** The files in a folder, in the order of their names. */
    public static List<Path> in(String folder) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The nodes of an array as a stream; none where there is no array. */
    public static Stream<JsonNode> each(JsonNode array) {
        return Stream.iterate(0, i -> i < array.size(), i -> i + 1).map(array::get);
    }
}

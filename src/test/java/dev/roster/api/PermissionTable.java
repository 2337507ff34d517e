package dev.roster.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The tables of {@code docs/security.md}, as tests read them. */
final class PermissionTable {
    private static final Path DOCUMENT = Path.of("docs/security.md");
    private static final int HEAD = 3; // the mark, the names of the columns, the line below them

    private PermissionTable() {}

    /** Who may do what. */
    static Stream<Permission> permissions() {
        return rows("permissions").map(Permission::of);
    }

    /**
     * An operation without an access token.
     *
     * @param otherwise the status where the caller does not prove itself
     */
    record OpenDoor(String operation, int otherwise) {}

    static Stream<OpenDoor> openDoors() {
        return rows("open doors").map(cells -> new OpenDoor(cells.get(0), Integer.parseInt(cells.get(2))));
    }

    private static Stream<List<String>> rows(String table) {
        return lines().dropWhile(line -> !line.equals("<!-- " + table + " -->"))
                .skip(HEAD)
                .takeWhile(line -> line.startsWith("|"))
                .map(PermissionTable::cells);
    }

    private static List<String> cells(String line) {
        String[] cells = line.split("\\|", -1);
        return Stream.of(cells)
                .skip(1)
                .limit(cells.length - 2L)
                .map(String::strip)
                .toList();
    }

    private static Stream<String> lines() {
        try {
            return Files.readAllLines(DOCUMENT).stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

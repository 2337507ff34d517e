package dev.roster.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.openapi.DocumentedOperation;
import dev.roster.testing.openapi.OpenApiDocuments;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a document calls the permission of an operation agrees with the table that the service is held to: whoever has
 * the scopes that stand there is let in.
 */
@QuarkusTest
class DocumentedPermissionsTest {
    private static final String MARK = "Permission: ";
    private static final Pattern ROLE = Pattern.compile("all scopes of [^.]*\\brole\\b");
    private static final String KEY = "all scopes of the key";

    @Test
    void whenTokenNeedsAScopeThenThePermissionNamesIt() {
        Map<String, Set<String>> missing = new TreeMap<>();
        rows().forEach(row -> documented(row).forEach(operation -> {
            String said = permission(operation);
            Set<String> needed = new TreeSet<>();
            row.least().forEach(scopes -> needed.addAll(besidesThoseOfARole(scopes)));
            needed.removeIf(scope -> said.contains("`" + scope + "`") || said.contains(KEY));
            if (!needed.isEmpty()) {
                missing.put(operation.document().name() + " " + row, needed);
            }
        }));
        assertEquals(Map.of(), missing);
    }

    @Test
    void whenTokenNeedsTheScopesOfARoleThenThePermissionSaysSo() {
        Map<String, Boolean> needed = new TreeMap<>();
        Map<String, Boolean> said = new TreeMap<>();
        rows().forEach(row -> documented(row).forEach(operation -> {
            String name = operation.document().name() + " " + operation;
            boolean ofARole = row.least().stream().anyMatch(DocumentedPermissionsTest::isOfARole);
            needed.merge(name, ofARole, Boolean::logicalOr);
            said.put(name, ROLE.matcher(permission(operation)).find());
        }));
        assertEquals(needed, said);
        assertTrue(said.size() > 80 && said.containsValue(true), said::toString);
    }

    private static Stream<Permission> rows() {
        return PermissionTable.permissions().filter(row -> !row.least().isEmpty());
    }

    /** In the document of its contract, and in that of the one that this contains. */
    private static Stream<DocumentedOperation> documented(Permission row) {
        String path = row.path().replaceAll("\\?.*", "").replaceAll("\\{[^}]*}", "x");
        DocumentedOperation operation = OpenApiDocuments.find(row.method().toLowerCase(Locale.ROOT), path, row.scheme())
                .orElseThrow(() -> new AssertionError(row + " is in no document"));
        Stream<DocumentedOperation> contained = OpenApiDocuments.named("lenses").operations().stream()
                .filter(other -> row.api().equals("v1") && other.toString().equals(operation.toString()));
        return Stream.concat(Stream.of(operation), contained);
    }

    private static String permission(DocumentedOperation operation) {
        String description = operation.json().path("description").asText();
        return description.substring(description.indexOf(MARK)).replaceAll("\\s+", " ");
    }

    private static boolean isOfARole(Set<String> scopes) {
        return scopes.size() > Role.MEMBER.scopes().size() && scopes.containsAll(Role.MEMBER.scopes());
    }

    private static Set<String> besidesThoseOfARole(Set<String> scopes) {
        Set<String> rest = new HashSet<>(scopes);
        if (isOfARole(scopes)) {
            rest.removeAll(scopes.equals(Role.ADMIN.scopes()) ? scopes : Role.MEMBER.scopes());
        }
        return rest;
    }
}

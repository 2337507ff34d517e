package dev.roster.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A test that is left out inside the build runs over the packaged application, and none runs twice. */
class PackagedTestsTest {
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("dev.roster");

    @Test
    void whatHasTheTagIsRepeatedPackagedAndNothingElseIs() {
        Set<String> tagged = TESTS.stream()
                .filter(type -> type.tryGetAnnotationOfType(Tag.class)
                        .filter(tag -> tag.value().equals("packaged"))
                        .isPresent())
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> repeated = TESTS.stream()
                .filter(type -> type.isAnnotatedWith(QuarkusIntegrationTest.class))
                .flatMap(type -> type.getRawSuperclass().stream())
                .filter(type -> type.isAnnotatedWith(QuarkusTest.class))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertFalse(tagged.isEmpty());
        assertEquals(repeated, tagged);
    }
}

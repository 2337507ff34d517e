package dev.roster.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.roster.testing.Beside;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A test that is left out inside the build runs over the packaged application, and none runs twice. */
@Beside
class PackagedTestsTest {
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("dev.roster");

    @Test
    void whatHasTheTagIsRepeatedPackagedAndNothingElseIs() {
        Set<String> tagged = named(TESTS.stream().filter(type -> type.tryGetAnnotationOfType(Tag.class)
                .filter(tag -> tag.value().equals("packaged"))
                .isPresent()));
        Set<String> repeated = named(TESTS.stream()
                .filter(type -> type.isAnnotatedWith(QuarkusIntegrationTest.class))
                .flatMap(type -> type.getRawSuperclass().stream())
                .filter(type -> type.isAnnotatedWith(QuarkusTest.class)));
        assertFalse(tagged.isEmpty());
        assertEquals(repeated, tagged);
    }

    @Test
    void whatStartsItsOwnServicesRunsBesideThoseOfQuarkusUnlessItMeasuresTimesAndNoneOfThese() {
        Set<String> alone = named(TESTS.stream()
                .filter(type -> type.getSimpleName().endsWith("IT"))
                .filter(type -> !type.isAnnotatedWith(QuarkusIntegrationTest.class))
                .filter(type -> !type.isAnnotatedWith(Isolated.class))
                // It reads what all others have left
                .filter(type -> !type.getSimpleName().equals("LoggedIT")));
        Set<String> beside = named(TESTS.stream()
                .filter(type -> type.isAnnotatedWith(Beside.class))
                .filter(type -> type.getSimpleName().endsWith("IT")));
        assertFalse(alone.isEmpty());
        assertEquals(alone, beside);
        assertEquals(
                Set.of(),
                named(TESTS.stream()
                        .filter(type -> type.isAnnotatedWith(Beside.class))
                        .filter(type -> type.isAnnotatedWith(QuarkusTest.class))));
    }

    private static Set<String> named(Stream<JavaClass> types) {
        return types.map(JavaClass::getName).collect(Collectors.toCollection(TreeSet::new));
    }
}

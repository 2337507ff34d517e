package dev.roster.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Produces;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a range of types stands for. */
class UnwantedTypesTest {
    @Test
    void theTypesAreThoseThatResourcesAnswerWith() {
        Set<String> produced = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.roster").stream()
                        .filter(type -> !type.isAnonymousClass())
                        .map(type -> type.reflect())
                        .flatMap(type -> Stream.<AnnotatedElement>concat(
                                Stream.of(type), Arrays.stream(type.getDeclaredMethods())))
                        .filter(element -> element.isAnnotationPresent(Produces.class))
                        .flatMap(element -> Arrays.stream(
                                element.getAnnotation(Produces.class).value()))
                        .map(type -> type.split(";", 2)[0])
                        .collect(Collectors.toSet());
        assertEquals(Set.copyOf(UnwantedTypes.TYPES), produced);
    }
}

package dev.roster.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a native executable knows by reflection, since an annotation of ours says so. */
public final class RegisteredClasses {
    private RegisteredClasses() {}

    /** Their names. */
    public static Set<String> names() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.roster").stream()
                        .filter(type -> type.isAnnotatedWith(RegisterForReflection.class))
                        .flatMap(RegisteredClasses::registered)
                        .collect(Collectors.toSet());
    }

    /** As Quarkus reads it: with others in it, the annotated class itself is none of them. */
    private static Stream<String> registered(JavaClass type) {
        RegisterForReflection annotation = type.getAnnotationOfType(RegisterForReflection.class);
        if (annotation.targets().length == 0 && annotation.classNames().length == 0) {
            return Stream.of(type.getName());
        }
        return Stream.concat(
                Arrays.stream(annotation.targets()).map(Class::getName), Arrays.stream(annotation.classNames()));
    }
}

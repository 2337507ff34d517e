package dev.roster.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JacksonAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.roster.access.token.AccessToken;
import dev.roster.api.v1.UserBody;
import dev.roster.api.zenml.InvalidZenmlField;
import dev.roster.testing.Beside;
import dev.roster.testing.RegisteredClasses;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What only a native image would show: it knows of classes and files what it is told. */
@Beside
class NativeImageTest {
    private static final List<Class<?>> SERVICE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.roster").stream()
                    .filter(type -> type.isRecord() || type.getPackageName().startsWith("dev.roster.api"))
                    .filter(type -> !type.isAnonymousClass())
                    .map(JavaClass::reflect)
                    .collect(Collectors.toList());

    // Records of the contracts that do not cross JSON
    private static final Set<String> WITHIN = Set.of(
            "CsvStream$Column",
            "Pieces$Frame",
            "UserBody$Seen",
            "ZenmlUserBody$In",
            "ErrorAnswer",
            "ApplicationRequest",
            "TokenRequest");

    // Their extensions take them in, or they are read while the image is built
    private static final Set<String> TAKEN_IN =
            Set.of("META-INF", "application.properties", "db", "messages", "openapi", "templates");

    @Test
    void everyRecordThatCrossesJsonIsRegistered() {
        Set<Class<?>> registered = new HashSet<>();
        SERVICE.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(NativeImageTest::isEndpoint)
                .flatMap(NativeImageTest::signature)
                .forEach(type -> register(type, registered));
        Set<String> names = RegisteredClasses.names();
        Set<String> missing = SERVICE.stream()
                .filter(NativeImageTest::isBody)
                .filter(type -> !registered.contains(type) && !names.contains(type.getName()))
                .map(Class::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), missing, "name them in a signature or @RegisterForReflection");
    }

    @Test
    void whatRegisteredRecordsHoldIsRegisteredToo() {
        // Unlike a type in a signature, an annotated one is registered alone
        Set<String> missing = new TreeSet<>();
        SERVICE.stream()
                .filter(Class::isRecord)
                .filter(type -> type.isAnnotationPresent(RegisterForReflection.class))
                .forEach(type -> {
                    Set<Class<?>> held = new HashSet<>();
                    register(type, held);
                    held.stream()
                            .filter(Class::isRecord)
                            .filter(part -> !part.isAnnotationPresent(RegisterForReflection.class))
                            .forEach(part -> missing.add(part.getName()));
                });
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyFileReadAtRunTimeIsIncluded() throws IOException {
        Properties properties = new Properties();
        Path resources = Path.of("src/main/resources");
        try (InputStream file = Files.newInputStream(resources.resolve("application.properties"))) {
            properties.load(file);
        }
        String included = properties.getProperty("quarkus.native.resources.includes");
        try (Stream<Path> folders = Files.list(resources)) {
            List<String> missing = folders.map(folder -> folder.getFileName().toString())
                    .filter(folder -> !TAKEN_IN.contains(folder))
                    .filter(folder -> !included.contains(folder + "/"))
                    .toList();
            assertEquals(List.of(), missing);
        }
    }

    @Test
    void theBodiesAreFound() {
        Set<Class<?>> bodies = SERVICE.stream().filter(NativeImageTest::isBody).collect(Collectors.toSet());
        assertTrue(bodies.containsAll(Set.of(UserBody.class, InvalidZenmlField.class, AccessToken.class)));
    }

    /** Whether Jackson sees it: it says how, or is part of a contract. */
    private static boolean isBody(Class<?> type) {
        return type.isRecord()
                && (isOfContract(type)
                        || isAnnotated(type)
                        || Arrays.stream(type.getRecordComponents())
                                .flatMap(component -> Stream.of(component, component.getAccessor()))
                                .anyMatch(NativeImageTest::isAnnotated));
    }

    private static boolean isOfContract(Class<?> type) {
        String name = type.getName();
        return name.startsWith("dev.roster.api.") && !WITHIN.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static boolean isAnnotated(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().isAnnotationPresent(JacksonAnnotation.class));
    }

    private static boolean isEndpoint(Method method) {
        return Arrays.stream(method.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().isAnnotationPresent(HttpMethod.class));
    }

    private static Stream<Type> signature(Method method) {
        return Stream.concat(
                Stream.of(method.getGenericReturnType()), Arrays.stream(method.getGenericParameterTypes()));
    }

    /** As Quarkus does with the types of a signature: with all that they hold. */
    private static void register(Type type, Set<Class<?>> registered) {
        if (type instanceof ParameterizedType generic) {
            register(generic.getRawType(), registered);
            for (Type argument : generic.getActualTypeArguments()) {
                register(argument, registered);
            }
        } else if (type instanceof GenericArrayType array) {
            register(array.getGenericComponentType(), registered);
        } else if (type instanceof WildcardType wildcard) {
            for (Type bound : wildcard.getUpperBounds()) {
                register(bound, registered);
            }
        } else if (type instanceof Class<?> known && registered.add(known) && known.isRecord()) {
            for (RecordComponent component : known.getRecordComponents()) {
                register(component.getGenericType(), registered);
            }
        }
    }
}

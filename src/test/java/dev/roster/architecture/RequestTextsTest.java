package dev.roster.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.roster.platform.validation.Storable;
import jakarta.ws.rs.HttpMethod;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the bodies of requests hold is checked before the database refuses it, without a word of the field. */
class RequestTextsTest {
    private static final List<RecordComponent> COMPONENTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.roster.api").stream()
                    .filter(type -> !type.isAnonymousClass())
                    .map(JavaClass::reflect)
                    .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                    .filter(RequestTextsTest::isEndpoint)
                    .flatMap(method -> Arrays.stream(method.getParameterTypes()))
                    .distinct()
                    .filter(type -> type.isRecord() && type.getSimpleName().endsWith("Body"))
                    .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                    .toList();

    @Test
    void listsOfTextsHoldNothingThatCannotBeStored() {
        List<RecordComponent> lists = COMPONENTS.stream()
                .filter(component -> texts(component).findAny().isPresent())
                .toList();
        assertFalse(lists.isEmpty());
        assertEquals(
                List.of(),
                lists.stream()
                        .filter(component ->
                                texts(component).anyMatch(text -> !text.isAnnotationPresent(Storable.class)))
                        .map(component -> component.getDeclaringRecord().getSimpleName() + "." + component.getName())
                        .toList());
    }

    private static Stream<AnnotatedType> texts(RecordComponent component) {
        return component.getAnnotatedType() instanceof AnnotatedParameterizedType generic
                ? Arrays.stream(generic.getAnnotatedActualTypeArguments())
                        .filter(argument ->
                                argument.getType() == String.class && List.class.isAssignableFrom(component.getType()))
                : Stream.empty();
    }

    private static boolean isEndpoint(Method method) {
        return Arrays.stream(method.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().isAnnotationPresent(HttpMethod.class));
    }
}

package dev.roster.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.roster.testing.Beside;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What a record prints may end in a log: none with a secret in it prints that, however deep it
 * lies.
 */
@Beside
class PrintedSecretsTest {
    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.roster");

    private static final Pattern SECRET =
            Pattern.compile(".*(secret|password|hash|credential|authorization|link|accesstoken)");

    // Of these a component is a secret only where it is a text
    private static final Set<String> SECRETS = Set.of("token", "key", "hash", "digest", "text");

    // A canonical address, and what is null in every answer
    private static final Set<String> NONE = Set.of("EmailMatch.key", "ZenmlUserBody.password");

    private static final String LEAK = "leaked-secret";

    @Test
    void noRecordPrintsASecret() throws Exception {
        Set<String> leaking = new TreeSet<>();
        int tried = 0;
        for (JavaClass type : SERVICE) {
            Class<?> record = type.reflect();
            if (record.isRecord() && holdsSecret(record, new ArrayList<>())) {
                tried++;
                Object made = make(record, record.getSimpleName(), 0);
                if (String.valueOf(made).contains(LEAK)) {
                    leaking.add(record.getName() + " " + made);
                }
            }
        }
        assertTrue(tried > 20, tried + " records with secrets");
        assertEquals(Set.of(), leaking);
    }

    private static boolean holdsSecret(Class<?> record, List<Class<?>> seen) {
        if (seen.contains(record)) {
            return false;
        }
        seen.add(record);
        return Arrays.stream(record.getRecordComponents())
                .anyMatch(part ->
                        isSecret(record, part) || (part.getType().isRecord() && holdsSecret(part.getType(), seen)));
    }

    private static boolean isSecret(Class<?> record, RecordComponent part) {
        String name = part.getName().toLowerCase(Locale.ROOT);
        boolean text = part.getType() == String.class
                || part.getType() == char[].class
                || part.getType() == byte[].class
                || part.getGenericType().getTypeName().endsWith("Optional<java.lang.String>");
        return text
                && (SECRET.matcher(name).matches() || SECRETS.contains(name))
                && !NONE.contains(record.getSimpleName() + "." + part.getName());
    }

    private static Object make(Class<?> record, String path, int depth) throws Exception {
        RecordComponent[] parts = record.getRecordComponents();
        Object[] values = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            String text = isSecret(record, parts[i]) ? LEAK : "plain";
            values[i] = value(parts[i].getType(), parts[i].getGenericType(), text, path, depth);
        }
        Constructor<?> constructor = record.getDeclaredConstructor(
                Arrays.stream(parts).map(RecordComponent::getType).toArray(Class[]::new));
        constructor.setAccessible(true);
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            throw new AssertionError(path + " cannot be made for this test", refused.getCause());
        }
    }

    private static Object value(Class<?> type, Type generic, String text, String path, int depth) throws Exception {
        if (type == String.class) {
            return text;
        } else if (type == char[].class) {
            return text.toCharArray();
        } else if (type == byte[].class) {
            return text.getBytes(StandardCharsets.UTF_8);
        } else if (type == Optional.class) {
            return optional(generic, text, path, depth);
        } else if (type.isRecord() && depth < 5) {
            return make(type, path + "." + type.getSimpleName(), depth + 1);
        } else if (type.isEnum()) {
            return type.getEnumConstants()[0];
        } else if (type == boolean.class) {
            return false;
        } else if (type.isPrimitive()) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        return simple(type);
    }

    private static Object optional(Type generic, String text, String path, int depth) throws Exception {
        Type of = ((ParameterizedType) generic).getActualTypeArguments()[0];
        return of instanceof Class<?> type
                ? Optional.ofNullable(value(type, type, text, path, depth))
                : Optional.empty();
    }

    private static Object simple(Class<?> type) throws Exception {
        Map<Class<?>, Object> known = Map.of(
                UUID.class,
                new UUID(0, 1),
                Instant.class,
                Instant.EPOCH,
                Duration.class,
                Duration.ZERO,
                List.class,
                List.of(),
                Set.class,
                Set.of(),
                Map.class,
                Map.of());
        if (known.containsKey(type)) {
            return known.get(type);
        }
        // An entity prints no more than what it is
        if (type.getName().startsWith("dev.roster.")
                && !type.isInterface()
                && Arrays.stream(type.getConstructors()).anyMatch(c -> c.getParameterCount() == 0)) {
            return type.getConstructor().newInstance();
        }
        return null;
    }
}

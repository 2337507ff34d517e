package dev.roster.testing;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.config.QuarkusClassOrderer;
import io.quarkus.test.junit.TestProfile;
import java.lang.annotation.Annotation;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Orders the tests of the packaged service: first those that have it started in a way of their own, together with the others
 * that want the same. Quarkus alone takes them by their names, and each other way is a start of some seconds.
 */
public final class TestOrder implements ClassOrderer {
    // By name: Quarkus may load a test with classes of its own
    private static final Set<String> WAYS = Set.of(TestProfile.class.getName(), WithTestResource.class.getName());

    private final ClassOrderer ofQuarkus = new QuarkusClassOrderer();

    @Override
    public void orderClasses(ClassOrdererContext context) {
        ofQuarkus.orderClasses(context);
        context.getClassDescriptors()
                .sort(Comparator.comparing((ClassDescriptor test) -> way(test).isEmpty())
                        .thenComparing(TestOrder::way));
    }

    private static String way(ClassDescriptor test) {
        return Stream.<Class<?>>iterate(test.getTestClass(), type -> type != null, Class::getSuperclass)
                .flatMap(type -> Stream.of(type.getDeclaredAnnotations()))
                .filter(annotation -> WAYS.contains(annotation.annotationType().getName()))
                .map(Annotation::toString)
                .sorted()
                .collect(Collectors.joining());
    }
}

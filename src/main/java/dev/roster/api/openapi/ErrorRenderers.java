package dev.roster.api.openapi;

import dev.roster.api.error.ErrorRenderer;
import jakarta.annotation.Priority;
import java.lang.reflect.Constructor;
import java.util.Comparator;
import java.util.List;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/** The error renderers of all contracts, in the order in which a running service asks them. */
record ErrorRenderers(List<ErrorRenderer> renderers) {

    static ErrorRenderers of(IndexView index) {
        return new ErrorRenderers(
                index
                        .getAllKnownImplementations(
                                DotName.createSimple(ErrorRenderer.class.getName()))
                        .stream()
                        .sorted(Comparator.comparingInt(ErrorRenderers::priority).reversed())
                        .map(ErrorRenderers::create)
                        .toList());
    }

    /** The one that answers for a path under the scheme that all contracts take. */
    ErrorRenderer serving(String path) {
        return renderers.stream()
                .filter(renderer -> renderer.serves(path, "Bearer"))
                .findFirst()
                .orElseThrow();
    }

    private static int priority(ClassInfo renderer) {
        return renderer.declaredAnnotation(Priority.class).value().asInt();
    }

    private static ErrorRenderer create(ClassInfo renderer) {
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            Constructor<?> constructor =
                    loader.loadClass(renderer.name().toString()).getDeclaredConstructor();
            constructor.setAccessible(true);
            return (ErrorRenderer) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(renderer + " must not depend on anything", e);
        }
    }
}

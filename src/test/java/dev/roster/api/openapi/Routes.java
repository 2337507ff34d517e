package dev.roster.api.openapi;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.stream.Stream;

/** The routes of the service, read from its classes. */
final class Routes {
    private Routes() {}

    /** Each as clients know it, by method and path, e.g. {@code GET /api/v1/users/{name}}. */
    static List<String> ofTheService() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.roster").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .filter(type -> !isPage(type))
                        .flatMap(Routes::of)
                        .map(route -> route.replace("/-/kubiya/users", "/api/v1/users"))
                        .sorted()
                        .toList();
    }

    /** Pages are for people, who read no document, but for those that applications send them to. */
    private static boolean isPage(JavaClass type) {
        return type.getPackageName().equals("dev.roster.web")
                && !type.getAnnotationOfType(Path.class).value().startsWith("/oauth2/");
    }

    private static Stream<String> of(JavaClass resource) {
        String root = resource.getAnnotationOfType(Path.class).value();
        return resource.getMethods().stream()
                .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
                .map(method -> verb(method) + " " + root + path(method))
                .distinct(); // one operation may have a method for each media type
    }

    private static String verb(JavaMethod method) {
        return method.getAnnotations().stream()
                .map(annotation -> annotation.getRawType())
                .filter(type -> type.isAnnotatedWith(HttpMethod.class))
                .map(type -> type.getAnnotationOfType(HttpMethod.class).value())
                .findFirst()
                .orElseThrow();
    }

    private static String path(JavaMethod method) {
        return method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
    }
}

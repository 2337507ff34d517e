package dev.roster.api.openapi;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;

/**
 * Completes the schemas of records. A field of a request may be absent or null unless it is
 * {@code @NotNull}, and there are no others; a field of an answer is always there unless its
 * {@code @JsonInclude} or its record's leaves it out.
 */
final class RecordSchemas {
    private final Map<String, ClassInfo> records = new HashMap<>();
    private final Map<DotName, String> names = new HashMap<>();
    private final Constraints constraints;

    RecordSchemas(IndexView index) {
        constraints = new Constraints(index);
        for (AnnotationInstance schema :
                index.getAnnotations(
                        org.eclipse.microprofile.openapi.annotations.media.Schema.class)) {
            if (schema.target().kind() == AnnotationTarget.Kind.CLASS
                    && schema.target().asClass().isRecord()) {
                String name = schema.value("name").asString();
                records.put(name, schema.target().asClass());
                names.put(schema.target().asClass().name(), name);
            }
        }
    }

    /** The name of a record's schema. */
    String name(DotName type) {
        return names.get(type);
    }

    void complete(OpenAPI document) {
        Set<String> requests = References.ofRequests(document);
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        // The format says it, and some generators of code take one of both only.
        schemas.get("UUID").setPattern(null);
        records.forEach(
                (name, type) -> {
                    if (requests.contains(name)) {
                        completeRequest(type, schemas.get(name));
                    } else {
                        completeAnswer(type, schemas);
                    }
                });
    }

    private void completeRequest(ClassInfo type, Schema schema) {
        if (!type.hasDeclaredAnnotation(JsonIgnoreProperties.class)) {
            schema.setAdditionalPropertiesBoolean(false);
        }
        List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
        for (RecordComponentInfo component : type.recordComponents()) {
            FieldInfo field = type.field(component.name());
            String name = property(field);
            Schema property = schema.getProperties().get(name);
            constraints.apply(field, property);
            if (!required.contains(name)) {
                schema.addProperty(name, orNull(property));
            }
        }
    }

    private void completeAnswer(ClassInfo type, Map<String, Schema> schemas) {
        Schema schema = schemas.get(name(type.name()));
        unwrap(type, schemas);
        List<String> required = required(type);
        schema.setRequired(required.isEmpty() ? null : required);
    }

    /**
     * The scanner tells unwrapped fields by allOf, which says "and nothing else" to some readers.
     */
    private void unwrap(ClassInfo type, Map<String, Schema> schemas) {
        Schema schema = schemas.get(name(type.name()));
        for (RecordComponentInfo component : type.recordComponents()) {
            FieldInfo field = type.field(component.name());
            if (field.hasDeclaredAnnotation(JsonUnwrapped.class)) {
                schemas.get(name(field.type().name())).getProperties().forEach(schema::addProperty);
                schema.setAllOf(null);
            }
        }
    }

    private List<String> required(ClassInfo type) {
        List<String> required = new ArrayList<>();
        for (RecordComponentInfo component : type.recordComponents()) {
            FieldInfo field = type.field(component.name());
            if (field.hasDeclaredAnnotation(JsonUnwrapped.class)) {
                required.addAll(required(records.get(names.get(field.type().name()))));
            } else if (!mayBeLeftOut(type, field)) {
                required.add(property(field));
            }
        }
        return required;
    }

    private static boolean mayBeLeftOut(ClassInfo type, FieldInfo field) {
        return field.hasDeclaredAnnotation(JsonInclude.class)
                || (type.hasDeclaredAnnotation(JsonInclude.class)
                        && field.type().kind() != Type.Kind.PRIMITIVE);
    }

    private static Schema orNull(Schema schema) {
        if (schema.getRef() == null
                && schema.getType() != null
                && schema.getEnumeration() == null) {
            List<SchemaType> types = new ArrayList<>(schema.getType());
            types.add(SchemaType.NULL);
            return schema.type(types);
        }
        Schema none = OASFactory.createSchema().type(List.of(SchemaType.NULL));
        return OASFactory.createSchema().addAnyOf(schema).addAnyOf(none);
    }

    private static String property(FieldInfo field) {
        AnnotationInstance named = field.declaredAnnotation(JsonProperty.class);
        return named == null || named.value() == null
                ? SnakeCaseStrategy.INSTANCE.translate(field.name())
                : named.value().asString();
    }
}

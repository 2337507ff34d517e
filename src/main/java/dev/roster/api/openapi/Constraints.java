package dev.roster.api.openapi;

import dev.roster.platform.validation.EmailAddress;
import dev.roster.platform.validation.Text;
import jakarta.validation.Constraint;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;

/** Writes the house's own constraints into schemas; the scanner knows those of Jakarta only. */
final class Constraints {
    // The annotations of the fields themselves, and those that these are composed of.
    private final IndexView index;

    // What Text refuses of single characters, so that most know; its Javadoc has the whole rule.
    private static final String NO_CONTROLS = "^[^\\x00-\\x1f\\x7f-\\x9f]*$";

    Constraints(IndexView index) {
        this.index = index;
    }

    void apply(FieldInfo field, Schema schema) {
        field.declaredAnnotations().stream()
                .filter(annotation -> definition(annotation) != null)
                .forEach(annotation -> applyOwn(annotation, schema));
        boolean canBeEmpty = schema.getMinLength() == null || schema.getMinLength() == 0;
        if ("email".equals(schema.getFormat())) {
            schema.setPattern(null);
            if (canBeEmpty) {
                schema.format(null).pattern("^([^@]+@[^@]+)?$");
            }
        }
    }

    private void applyOwn(AnnotationInstance annotation, Schema schema) {
        if (annotation.name().toString().equals(Text.class.getName())) {
            text(annotation, schema);
            return;
        }
        ClassInfo definition = definition(annotation);
        if (definition.name().toString().equals(EmailAddress.class.getName())) {
            schema.setFormat("email");
        } else {
            schema.setDescription(annotation.valueWithDefault(index, "message").asString());
        }
        definition.declaredAnnotations().forEach(part -> applyPart(part, schema));
    }

    private void applyPart(AnnotationInstance part, Schema schema) {
        String name = part.name().toString();
        if (name.equals(Text.class.getName())) {
            text(part, schema);
        } else if (name.equals(Pattern.class.getName())) {
            schema.setPattern("^" + part.value("regexp").asString() + "$");
        }
    }

    private void text(AnnotationInstance text, Schema schema) {
        int min = text.valueWithDefault(index, "min").asInt();
        int max = text.value("max").asInt();
        if (min > 0) {
            schema.setMinLength(min);
        }
        if (schema.getPattern() == null) {
            schema.setPattern(NO_CONTROLS);
        }
        schema.setMaxLength(
                schema.getMaxLength() == null ? max : Math.min(max, schema.getMaxLength()));
    }

    private ClassInfo definition(AnnotationInstance annotation) {
        ClassInfo definition = index.getClassByName(annotation.name());
        return definition != null
                        && definition.hasDeclaredAnnotation(Constraint.class)
                        && definition.name().toString().startsWith("dev.roster.")
                ? definition
                : null;
    }
}

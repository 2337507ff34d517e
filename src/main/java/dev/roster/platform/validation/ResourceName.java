package dev.roster.platform.validation;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name of a group, a service account or an organization: a DNS label (RFC 1123); null passes.
 */
@Target({
    ElementType.ANNOTATION_TYPE,
    ElementType.FIELD,
    ElementType.PARAMETER,
    ElementType.RECORD_COMPONENT,
    ElementType.TYPE_USE
})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@Pattern(regexp = ResourceName.PATTERN)
@ReportAsSingleViolation
public @interface ResourceName {
    String PATTERN = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    String message() default
            "must be 1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}

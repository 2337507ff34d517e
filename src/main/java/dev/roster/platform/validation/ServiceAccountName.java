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
 * The name of a service account: a {@link ResourceName} that is also a {@link Username}; null
 * passes.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@Pattern(regexp = "(?!(me|current|self|invite|groups|membership|import|export)$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
@ReportAsSingleViolation
public @interface ServiceAccountName {
    String message() default
            "must be 1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit,"
                    + " and none of the reserved words me, current, self, invite, groups, membership, import, export";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}

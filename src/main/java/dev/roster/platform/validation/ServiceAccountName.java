package dev.roster.platform.validation;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
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
@ResourceName
@Username
@ReportAsSingleViolation
public @interface ServiceAccountName {
    String message() default
            "must be 1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit,"
                    + " and none of the reserved words " + Username.FIRST_WORDS + ", " + Username.LAST_WORDS;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}

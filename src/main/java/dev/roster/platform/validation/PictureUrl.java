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
 * Where a browser is sent to for a picture, which must not be a script: an http or https URL (RFC 3986) with a host and without
 * credentials, blanks or what cannot be seen; null and the empty text pass.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@Pattern(
        regexp = "|https?://(?=.{1,2000}$)(\\[[0-9A-Fa-f:.]+]|[^" + PictureUrl.UNSEEN
                + "/?#@:\\[\\]\\\\]+)(:[0-9]{1,5})?" + "([/?#][^" + PictureUrl.UNSEEN + "]*)?")
@ReportAsSingleViolation
public @interface PictureUrl {
    /** The rule that other texts break. */
    String RULE = "must be an http or https URL with a host, of at most 2000 characters behind ://";

    /** Blanks, control and format characters and broken surrogates, as a class of characters has them. */
    String UNSEEN = "\\s\\p{Z}\\p{Cc}\\p{Cf}\\p{Cs}";

    String message() default RULE;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}

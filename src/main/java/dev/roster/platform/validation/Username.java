package dev.roster.platform.validation;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;

/**
 * A username: it stands in paths, so it has no slash and is no word that a path uses itself; null
 * passes.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Username.Validator.class)
@Text(max = Username.MAX)
@Pattern(regexp = "[^/]*")
@ReportAsSingleViolation
public @interface Username {
    /** What fits a path and the column. */
    int MAX = 100;

    String message() default
            "must be 1 to 100 characters without slashes, control characters or space at the ends,"
                    + " and none of the reserved words ., .., me, current, self, invite, system_invite, groups,"
                    + " membership";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks a username. */
    class Validator implements ConstraintValidator<Username, String> {

        private static final Set<String> RESERVED =
                Set.of(
                        ".",
                        "..",
                        "me",
                        "current",
                        "self",
                        "invite",
                        "system_invite",
                        "groups",
                        "membership");

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            return value == null || isUsername(value);
        }

        /** Whether a text can be a username. */
        public static boolean isUsername(String value) {
            return !value.isBlank()
                    && value.codePointCount(0, value.length()) <= MAX
                    && !isSpace(value.codePointAt(0))
                    && !isSpace(value.codePointBefore(value.length()))
                    && value.indexOf('/') < 0
                    && CanonicalText.isPrintable(value)
                    && !RESERVED.contains(CanonicalText.fold(value));
        }

        // Also the spaces that do not break a line.
        private static boolean isSpace(int character) {
            return Character.isWhitespace(character) || Character.isSpaceChar(character);
        }
    }
}

package dev.roster.platform.validation;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import rocks.xmpp.precis.InvalidCodePointException;
import rocks.xmpp.precis.PrecisProfiles;

/**
 * A username: FreeformClass of PRECIS (RFC 8264), as the Nickname profile (RFC 8266) has it,
 * without what cannot be seen or told apart, and no word that a path uses itself; null passes.
 */
@Target({ElementType.ANNOTATION_TYPE, ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Username.Validator.class)
@Text(max = Username.MAX)
@ReportAsSingleViolation
public @interface Username {
    /** What fits a path and the column. */
    int MAX = 100;

    /** Words that paths use themselves, and that have the form of a {@link ResourceName}: those that come first where all are told. */
    String FIRST_WORDS = "me, current, self, invite";

    /** Others of that form, which come last. */
    String LAST_WORDS = "groups, membership, import, export";

    /** All words that paths use themselves. */
    String RESERVED = "., .., " + FIRST_WORDS + ", system_invite, " + LAST_WORDS;

    String message() default
            "must be 1 to 100 characters without control or invisible characters, with single plain"
                    + " spaces between words only, and none of the reserved words " + RESERVED;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks a username. */
    class Validator implements ConstraintValidator<Username, String> {

        private static final Set<String> WORDS = Set.of(RESERVED.split(", "));

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            return value == null || isUsername(value);
        }

        /** Whether a text can be a username. */
        public static boolean isUsername(String value) {
            return !value.isEmpty()
                    && !CanonicalText.isLonger(value, MAX)
                    && hasPlainSpacesOnly(value)
                    && CanonicalText.isPrintable(value)
                    && isFreeform(value)
                    && !WORDS.contains(CanonicalText.fold(value));
        }

        // The Nickname profile maps other spaces to these. They are refused instead, so that what
        // is shown is what is kept.
        private static boolean hasPlainSpacesOnly(String value) {
            return (CanonicalText.isPlainAscii(value)
                            || value.codePoints().noneMatch(c -> c != ' ' && VisibleText.isBlank(c)))
                    && !value.startsWith(" ")
                    && !value.endsWith(" ")
                    && !value.contains("  ");
        }

        // Each character of ASCII is, but for control characters (RFC 8264 section 4.3)
        private static boolean isFreeform(String value) {
            if (CanonicalText.isPlainAscii(value)) {
                return true;
            }
            try {
                PrecisProfiles.NICKNAME.prepare(value);
                return true;
            } catch (InvalidCodePointException disallowed) {
                return false;
            }
        }
    }
}

package dev.roster.platform.validation;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Text of a length in Unicode characters that shows what it says: without control characters,
 * invisible ones and broken surrogates; null passes.
 */
@Target({
    ElementType.FIELD,
    ElementType.PARAMETER,
    ElementType.RECORD_COMPONENT,
    ElementType.TYPE_USE,
    ElementType.ANNOTATION_TYPE
})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Text.Validator.class)
public @interface Text {
    String message() default "must be {min} to {max} characters, not blank, without control or invisible characters";

    /** The rule of a text that may be left empty, or blank. */
    String OPTIONAL = "must be at most {max} characters, without control or invisible characters";

    /** The rule of such a text of several lines. */
    String OF_LINES =
            "must be at most {max} characters, without invisible ones or control characters but tabs and line breaks";

    /** The least number of characters; with 0, the empty text passes, and so do blanks alone. */
    int min() default 1;

    int max();

    /** Whether it may have several lines, and tabs. */
    boolean lines() default false;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks a text. */
    class Validator implements ConstraintValidator<Text, String> {
        private int min;
        private int max;
        private boolean lines;

        @Override
        public void initialize(Text text) {
            min = text.min();
            max = text.max();
            lines = text.lines();
        }

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            if (min == 0) {
                context.disableDefaultConstraintViolation();
                context.buildConstraintViolationWithTemplate(lines ? OF_LINES : OPTIONAL)
                        .addConstraintViolation();
            }
            return value == null || (hasLength(value) && showsWhatItSays(lines ? asOneLine(value) : value));
        }

        private boolean showsWhatItSays(String value) {
            return CanonicalText.isPrintable(value) && (VisibleText.isVisible(value) || (min == 0 && value.isBlank()));
        }

        private static String asOneLine(String value) {
            return value.replace('\n', ' ').replace('\r', ' ').replace('\t', ' ');
        }

        private boolean hasLength(String value) {
            return !CanonicalText.isLonger(value, max) && value.codePointCount(0, value.length()) >= min;
        }
    }
}

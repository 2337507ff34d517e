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

/**
 * An e-mail address that mail can be sent to (RFC 5321 section 4.5.3.1 allows 254 characters): no
 * quoted local part, a domain of the name system; null and the empty text pass.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = EmailAddress.Validator.class)
@Text(min = 0, max = CanonicalText.LONGEST)
@ReportAsSingleViolation
public @interface EmailAddress {
    String message() default "must be an e-mail address of at most {max} characters";

    /** The greatest number of Unicode characters. */
    int max() default CanonicalText.LONGEST;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks an address. */
    class Validator implements ConstraintValidator<EmailAddress, String> {
        private int max;

        @Override
        public void initialize(EmailAddress address) {
            max = address.max();
        }

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            return value == null
                    || value.isEmpty()
                    || (!CanonicalText.isLonger(value, max)
                            && EmailKey.of(value).isPresent());
        }
    }
}

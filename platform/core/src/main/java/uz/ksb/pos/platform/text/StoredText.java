package uz.ksb.pos.platform.text;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A text of a request that {@link StorableText} takes; null passes. The code that stores it takes {@link StorableText#stored}. */
@Constraint(validatedBy = StoredText.Check.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface StoredText {
    /** UTF-16 units. */
    int max();

    /** Whether a text of nothing but spaces passes, too. */
    boolean blank() default false;

    String message() default "cannot be stored";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Says the reason instead of the message. */
    class Check implements ConstraintValidator<StoredText, String> {
        private int max;
        private boolean blank;

        @Override
        public void initialize(StoredText constraint) {
            max = constraint.max();
            blank = constraint.blank();
        }

        @Override
        public boolean isValid(String text, ConstraintValidatorContext context) {
            String fault = text == null || blank && text.isBlank() ? null : StorableText.fault(text, max);
            if (fault == null) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(fault).addConstraintViolation();
            return false;
        }
    }
}

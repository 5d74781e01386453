package uz.ksb.pos.settings.pin;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Four to eight digits; absent is refused. */
@NotNull
@Pattern(regexp = "[0-9]{4,8}")
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@interface Pin {
    String message() default "must have 4 to 8 digits";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}

package uz.ksb.pos.settings.user;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import uz.ksb.pos.platform.caller.Role;

/** A role that a person may have; absent is allowed. */
@Constraint(validatedBy = HumanRole.Check.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@interface HumanRole {
    String message() default "must be CASHIER, MANAGER or ADMIN";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The others are for clients, which have secrets instead of passwords. */
    class Check implements ConstraintValidator<HumanRole, Role> {
        @Override
        public boolean isValid(Role role, ConstraintValidatorContext context) {
            return role == null || role.isOfPeople();
        }
    }
}

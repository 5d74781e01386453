package uz.ksb.pos.settings.login;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Users change their own password. */
record PasswordChange(
        @NotNull @Size(min = 1, max = 200) String oldPassword,
        @NotNull @Size(min = 6, max = 200) String newPassword) {
    /** Without the passwords. */
    @Override
    public String toString() {
        return "password change";
    }
}

package uz.ksb.pos.settings.user;

import jakarta.validation.constraints.Size;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.text.StoredText;

/** A change of a user by an ADMIN; what is absent stays. */
record UserChange(
        @StoredText(max = 200) String displayName,

        @HumanRole Role role,
        Boolean active,
        @Size(min = 6, max = 200) String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return displayName + " " + role + " " + active;
    }
}

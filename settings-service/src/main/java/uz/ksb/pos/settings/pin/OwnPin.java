package uz.ksb.pos.settings.pin;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Users set their own PIN. */
record OwnPin(
        @NotNull @Size(min = 1, max = 200) String password,
        @Pin String pin) {
    /** Without the secrets. */
    @Override
    public String toString() {
        return "own PIN";
    }
}

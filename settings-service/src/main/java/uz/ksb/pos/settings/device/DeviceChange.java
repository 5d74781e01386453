package uz.ksb.pos.settings.device;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** What an ADMIN changes of a till; what is absent stays. */
record DeviceChange(
        @Size(max = 100) @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank")
        String name,

        DeviceStatus status) {}

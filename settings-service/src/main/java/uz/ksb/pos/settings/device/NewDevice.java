package uz.ksb.pos.settings.device;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import uz.ksb.pos.settings.enterprise.KsbId;

/** A till that presents itself. */
record NewDevice(
        @KsbId String ksbId,
        @NotNull UUID deviceId,
        @NotBlank @Size(max = 100) String name) {}

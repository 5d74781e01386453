package uz.ksb.pos.settings.device;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import uz.ksb.pos.platform.text.StoredText;
import uz.ksb.pos.settings.enterprise.KsbId;

/** A till that presents itself. */
record NewDevice(
        @KsbId String ksbId,
        @NotNull UUID deviceId,
        @NotNull @StoredText(max = 100) String name) {}

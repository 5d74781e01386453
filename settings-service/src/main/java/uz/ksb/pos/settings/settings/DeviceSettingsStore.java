package uz.ksb.pos.settings.settings;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.settings.device.Device;

/** The settings of devices. */
@ApplicationScoped
class DeviceSettingsStore {
    private final SettingsTable<DeviceSettings> table;

    DeviceSettingsStore(Pool pool, Outbox outbox, ObjectMapper json) {
        table = table(pool, outbox, json);
    }

    static SettingsTable<DeviceSettings> table(Pool pool, Outbox outbox, ObjectMapper json) {
        return new SettingsTable<>("device_settings", DeviceSettings.class, pool, outbox, json);
    }

    Uni<Versioned<DeviceSettings>> of(Device device) {
        return table.read(device.id(), DeviceSettings.DEFAULTS);
    }

    Uni<SettingsWriting.WriteResult<DeviceSettings>> replace(
            Device device, DeviceSettings content, Optional<Set<Long>> expected) {
        Owner owner = new Owner.OfDevice(device.id(), device.ksbId(), device.deviceId());
        return new SettingsWriting<>(table, owner, DeviceSettings.DEFAULTS).replace(content.stored(), expected);
    }
}

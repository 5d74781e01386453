package uz.ksb.pos.settings.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;

/**
 * The data of {@code settings.changed}: the whole settings of one user or of one device.
 *
 * @param userId null when they are a device's
 * @param deviceId null when they are a user's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SettingsChanged(UUID userId, String login, UUID deviceId, long version, Object settings) {
    static Event of(Owner owner, long version, Object settings) {
        return switch (owner) {
            case Owner.OfUser user ->
                new Event(
                        Topics.SETTINGS,
                        "settings.changed",
                        user.ksbId(),
                        user.userId().toString(),
                        new SettingsChanged(user.userId(), user.login(), null, version, settings));
            case Owner.OfDevice device ->
                new Event(
                        Topics.SETTINGS,
                        "settings.changed",
                        device.ksbId(),
                        device.deviceId().toString(),
                        new SettingsChanged(null, null, device.deviceId(), version, settings));
        };
    }
}

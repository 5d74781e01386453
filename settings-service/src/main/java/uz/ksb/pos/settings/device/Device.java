package uz.ksb.pos.settings.device;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import java.util.UUID;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.enterprise.Enterprise;

/** A till. */
@Entity
@Table(name = "devices")
public class Device {
    @Id
    private UUID id;

    private String ksbId;
    private UUID deviceId;
    private int code;
    private String name;

    @Enumerated(EnumType.STRING)
    private DeviceStatus status;

    private String tokenHash;
    private long version;

    protected Device() {}

    /** A new till of an enterprise whose lock is held. */
    static Device register(Enterprise enterprise, UUID deviceId, String name) {
        Device device = new Device();
        device.id = Ids.next();
        device.ksbId = enterprise.ksbId();
        device.deviceId = deviceId;
        device.code = enterprise.takeDeviceCode();
        device.name = name;
        device.status = enterprise.approvesDevicesAtOnce() ? DeviceStatus.APPROVED : DeviceStatus.PENDING;
        device.version = 1;
        return device;
    }

    void keepToken(String token) {
        tokenHash = TokenHash.of(token);
    }

    boolean hasToken(String token) {
        return tokenHash.equals(TokenHash.of(token));
    }

    /** Applies what the change names. */
    Optional<Event> change(DeviceChange change) {
        boolean renamed = change.name() != null && !change.name().equals(name);
        boolean moved = change.status() != null && change.status() != status;
        if (change.status() == DeviceStatus.PENDING && moved) {
            throw Problem.rule("device-status", "status", "a device cannot be made to wait again");
        }
        if (renamed) {
            name = change.name();
        }
        if (moved) {
            status = change.status();
        }
        if (renamed || moved) {
            version++;
        }
        return moved && status == DeviceStatus.BLOCKED ? Optional.of(blocked()) : Optional.empty();
    }

    public void approve() {
        status = DeviceStatus.APPROVED;
        version++;
    }

    /**
     * Lets nobody pass but an admitted till.
     *
     * @throws Problem 403, of a type of its own for a waiting and for a blocked one
     */
    public void mustBeApproved() {
        mustNotBeBlocked();
        if (status == DeviceStatus.PENDING) {
            throw Problem.forbidden("device-pending", "This device waits for approval.");
        }
    }

    /**
     * Lets pass who is admitted or may still be.
     *
     * @throws Problem 403 for a blocked one
     */
    public void mustNotBeBlocked() {
        if (status == DeviceStatus.BLOCKED) {
            throw Problem.forbidden("device-blocked", "This device is blocked.");
        }
    }

    private Event blocked() {
        return new Event(Topics.SETTINGS, "device.blocked", ksbId, deviceId.toString(), view());
    }

    public DeviceView view() {
        return new DeviceView(deviceId, Integer.toString(code), name, status, version);
    }

    /** Ours; the till's own is {@link #deviceId}. */
    public UUID id() {
        return id;
    }

    public String ksbId() {
        return ksbId;
    }

    public UUID deviceId() {
        return deviceId;
    }

    public String code() {
        return Integer.toString(code);
    }

    public DeviceStatus status() {
        return status;
    }
}

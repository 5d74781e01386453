package uz.ksb.pos.settings.device;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.text.StorableText;
import uz.ksb.pos.settings.enterprise.Enterprise;

/** A till. */
@Entity
@Table(name = "devices")
public class Device {
    static final Duration PENDING_LIFE = Duration.ofHours(24);

    @Id
    private UUID id;

    private String ksbId;
    private UUID deviceId;
    private int code;
    private String name;

    @Enumerated(EnumType.STRING)
    private DeviceStatus status;

    /** The address of its registration; counted in the database only. */
    @SuppressWarnings("UnusedVariable")
    private String address;

    private int sessionVersion;
    private Instant createdAt;
    private long version;

    protected Device() {}

    /** A new till of an enterprise whose lock is held. */
    static Device register(Enterprise enterprise, NewDevice request, String address, Instant now) {
        Device device = new Device();
        device.id = Ids.next();
        device.ksbId = enterprise.ksbId();
        device.deviceId = request.deviceId();
        device.code = enterprise.takeDeviceCode();
        device.name = StorableText.stored(request.name());
        device.status = enterprise.approvesDevicesAtOnce() ? DeviceStatus.APPROVED : DeviceStatus.PENDING;
        device.address = address;
        device.createdAt = now;
        device.version = 1;
        return device;
    }

    /** Applies what the change names; the events tell of it. */
    List<Event> change(DeviceChange change) {
        String newName = change.name() == null ? name : StorableText.stored(change.name());
        boolean renamed = !newName.equals(name);
        boolean moved = change.status() != null && change.status() != status;
        if (change.status() == DeviceStatus.PENDING && moved) {
            throw Problem.rule("device-status", "status", "a device cannot be made to wait again");
        }
        name = newName;
        if (moved) {
            status = change.status();
        }
        if (!renamed && !moved) {
            return List.of();
        }
        version++;
        if (!moved || status != DeviceStatus.BLOCKED) {
            return List.of(changed());
        }
        sessionVersion++;
        return List.of(changed(), event("device.blocked"));
    }

    Event approve() {
        status = DeviceStatus.APPROVED;
        version++;
        return changed();
    }

    /** Whether it waited for its approval in vain: it is as good as removed. */
    boolean hasExpired(Instant now) {
        return status == DeviceStatus.PENDING && createdAt.plus(PENDING_LIFE).isBefore(now);
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

    /** Tells of the device as it is now. */
    Event changed() {
        return event("device.changed");
    }

    private Event event(String type) {
        return new Event(Topics.SETTINGS, type, ksbId, deviceId.toString(), view());
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

    /** Rises when all sessions on the device end: it was blocked. */
    public int sessionVersion() {
        return sessionVersion;
    }

    public DeviceStatus status() {
        return status;
    }
}

package uz.ksb.pos.settings.device;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.enterprise.Enterprise;
import uz.ksb.pos.settings.enterprise.EnterpriseRepository;
import uz.ksb.pos.settings.event.Changes;

/** A till presents itself and gets its code and token. */
@ApplicationScoped
class DeviceRegistration {
    private static final int MOST_PENDING = 20;

    private final EnterpriseRepository enterprises;
    private final DeviceRepository devices;
    private final DeviceTokens tokens;
    private final Changes changes;

    DeviceRegistration(
            EnterpriseRepository enterprises, DeviceRepository devices, DeviceTokens tokens, Changes changes) {
        this.enterprises = enterprises;
        this.devices = devices;
        this.tokens = tokens;
        this.changes = changes;
    }

    /** @param token what the till already has of us, if anything: then a repeated call answers as the first one did */
    Uni<RegisteredDevice> register(NewDevice request, String token) {
        return changes.inTransaction(() -> enterprises.lock(request.ksbId()).chain(enterprise -> devices.find(
                        request.ksbId(), request.deviceId())
                .chain(known -> known == null ? admit(enterprise, request) : again(known, token))));
    }

    private Uni<RegisteredDevice> admit(Enterprise enterprise, NewDevice request) {
        return devices.count(enterprise.ksbId(), DeviceStatus.PENDING).chain(pending -> {
            if (pending >= MOST_PENDING && !enterprise.approvesDevicesAtOnce()) {
                throw Problem.rule(
                        "too-many-pending-devices", "ksbId", "has " + pending + " devices waiting for approval");
            }
            Device device = Device.register(enterprise, request.deviceId(), request.name());
            String token = tokens.issue(device, enterprise);
            return devices.persist(device).map(stored -> answer(stored, token));
        });
    }

    private static Uni<RegisteredDevice> again(Device known, String token) {
        if (token == null || !known.hasToken(token)) {
            throw Problem.taken(
                    "device-registered", "deviceId", "is registered already; a till without its token makes a new id");
        }
        return Uni.createFrom().item(answer(known, token));
    }

    private static RegisteredDevice answer(Device device, String token) {
        return new RegisteredDevice(device.deviceId(), device.code(), device.status(), token);
    }
}

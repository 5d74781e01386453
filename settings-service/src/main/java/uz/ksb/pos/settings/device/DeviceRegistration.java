package uz.ksb.pos.settings.device;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.enterprise.Enterprise;
import uz.ksb.pos.settings.enterprise.EnterpriseRepository;
import uz.ksb.pos.settings.event.EntityTransactions;

/**
 * A till presents itself and gets its code and token. Anybody may do that, so what waits for approval is limited: per
 * enterprise, per address and in time.
 */
@ApplicationScoped
class DeviceRegistration {
    private static final int MAX_PENDING = 20;
    private static final int MAX_PENDING_PER_ADDRESS = 5;
    private static final Duration RETRY_AFTER = Duration.ofHours(1);

    private final EnterpriseRepository enterprises;
    private final DeviceRepository devices;
    private final DeviceTokens tokens;
    private final EntityTransactions transactions;
    private final Clock clock;

    DeviceRegistration(
            EnterpriseRepository enterprises,
            DeviceRepository devices,
            DeviceTokens tokens,
            EntityTransactions transactions,
            Clock clock) {
        this.enterprises = enterprises;
        this.devices = devices;
        this.tokens = tokens;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * @param token the till's device token, if it has one: then a repeated call answers as the first one did
     * @param address of the caller
     */
    Uni<RegisteredDevice> register(NewDevice request, String token, String address) {
        Instant now = clock.instant();
        return transactions.inTransaction(() -> enterprises
                .lock(request.ksbId())
                .call(enterprise -> devices.removeExpired(enterprise.ksbId(), now.minus(Device.PENDING_LIFE)))
                .chain(enterprise -> devices.find(request.ksbId(), request.deviceId())
                        .chain(known -> known == null
                                ? admit(enterprise, request, address, now)
                                : repeated(known, enterprise, token))));
    }

    private Uni<RegisteredDevice> admit(Enterprise enterprise, NewDevice request, String address, Instant now) {
        return mayWait(enterprise, address, now)
                .chain(() -> devices.persist(Device.register(enterprise, request, address, now)))
                .call(device -> transactions.publish(List.of(device.changed())))
                .map(device -> answer(device, enterprise));
    }

    private Uni<Void> mayWait(Enterprise enterprise, String address, Instant now) {
        if (enterprise.approvesDevicesAtOnce()) {
            return Uni.createFrom().voidItem();
        }
        return devices.count(enterprise.ksbId(), DeviceStatus.PENDING)
                .invoke(DeviceRegistration::mustHaveRoom)
                .chain(() -> devices.countPendingOf(address, now.minus(Device.PENDING_LIFE)))
                .invoke(DeviceRegistration::mustBeFew)
                .replaceWithVoid();
    }

    private static void mustHaveRoom(long pending) {
        if (pending >= MAX_PENDING) {
            throw Problem.rule("too-many-pending-devices", "ksbId", "has " + pending + " devices waiting for approval");
        }
    }

    private static void mustBeFew(long pending) {
        if (pending >= MAX_PENDING_PER_ADDRESS) {
            throw Problem.tooMany(
                    "too-many-pending-devices", pending + " devices of this address wait for approval.", RETRY_AFTER);
        }
    }

    private Uni<RegisteredDevice> repeated(Device known, Enterprise enterprise, String token) {
        if (!tokens.isOf(known, token)) {
            throw Problem.taken(
                    "device-registered", "deviceId", "is registered already; a till without its token makes a new id");
        }
        return Uni.createFrom().item(answer(known, enterprise));
    }

    private RegisteredDevice answer(Device device, Enterprise enterprise) {
        return new RegisteredDevice(
                device.deviceId(), device.code(), device.status(), tokens.issue(device, enterprise));
    }
}

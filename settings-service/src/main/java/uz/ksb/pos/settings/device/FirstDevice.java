package uz.ksb.pos.settings.device;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.settings.enterprise.EnterpriseRepository;
import uz.ksb.pos.settings.event.EntityTransactions;

/** The first till of an enterprise is admitted by an ADMIN's login on it: nobody else could approve it. */
@ApplicationScoped
public class FirstDevice {
    private final EnterpriseRepository enterprises;
    private final DeviceRepository devices;
    private final EntityTransactions transactions;

    FirstDevice(EnterpriseRepository enterprises, DeviceRepository devices, EntityTransactions transactions) {
        this.enterprises = enterprises;
        this.devices = devices;
        this.transactions = transactions;
    }

    /** Approves the waiting device if the enterprise has no other; fails with 403 when it may not be used. */
    public Uni<Void> admit(Device device) {
        return device.status() == DeviceStatus.APPROVED
                ? Uni.createFrom().voidItem()
                : admit(device.ksbId(), device.deviceId());
    }

    private Uni<Void> admit(String ksbId, UUID deviceId) {
        return transactions.inTransaction(() -> enterprises
                .lock(ksbId)
                .chain(() -> devices.count(ksbId, DeviceStatus.APPROVED))
                .chain(approved -> devices.lock(ksbId, deviceId).chain(device -> admit(device, approved))));
    }

    private Uni<Void> admit(Device device, long approved) {
        if (device.status() == DeviceStatus.PENDING && approved == 0) {
            return transactions.publish(List.of(device.approve()));
        }
        device.mustBeApproved();
        return Uni.createFrom().voidItem();
    }
}

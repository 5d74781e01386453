package uz.ksb.pos.settings.device;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.enterprise.Enterprise;
import uz.ksb.pos.settings.key.TokenSigning;

/** The tokens by which tills prove who they are. */
@ApplicationScoped
public class DeviceTokens {
    /** The request header that carries one. */
    public static final String HEADER = "X-Device-Token";

    private final DeviceRepository devices;
    private final TokenSigning signing;

    DeviceTokens(DeviceRepository devices, TokenSigning signing) {
        this.devices = devices;
        this.signing = signing;
    }

    /** A new token, which other services can verify without asking us; the device keeps its hash. */
    String issue(Device device, Enterprise enterprise) {
        String token = signing.device(Map.of(
                "sub",
                device.deviceId().toString(),
                Claims.KSB_ID,
                device.ksbId(),
                Claims.DEVICE_ID,
                device.deviceId().toString(),
                Claims.DEVICE_CODE,
                device.code(),
                Claims.ZONE,
                enterprise.zone().getId(),
                Claims.DAY_START,
                enterprise.dayStart().toString(),
                Claims.CURRENCY,
                enterprise.currency(),
                "jti",
                UUID.randomUUID().toString()));
        device.keepToken(token);
        return token;
    }

    /** The till that holds the token, whatever its status; fails with 401 when it is not this enterprise's. */
    @WithSession
    public Uni<Device> holder(String ksbId, String token) {
        return holder(token).invoke(device -> {
            if (!device.ksbId().equals(ksbId)) {
                throw unknown();
            }
        });
    }

    /** The till that holds the token, of whatever enterprise. */
    @WithSession
    public Uni<Device> holder(String token) {
        return (token == null
                        ? Uni.createFrom().<Device>nullItem()
                        : devices.find("tokenHash", TokenHash.of(token)).firstResult())
                .onItem()
                .ifNull()
                .failWith(DeviceTokens::unknown);
    }

    /** As {@link #holder(String, String)}, and only if it is that device. */
    @WithSession
    public Uni<Device> holder(String ksbId, UUID deviceId, String token) {
        return holder(ksbId, token).invoke(device -> {
            if (!device.deviceId().equals(deviceId)) {
                throw unknown();
            }
        });
    }

    private static Problem unknown() {
        return Problem.unauthorized("device-unknown", "The device token is missing or not valid here.");
    }
}

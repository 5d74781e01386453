package uz.ksb.pos.settings.device;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.enterprise.Enterprise;
import uz.ksb.pos.settings.key.LocalTokenVerifier;
import uz.ksb.pos.settings.key.TokenSigning;

/**
 * The tokens by which tills prove who they are. A token names its registration and is verified by its signature, so that none
 * has to be stored: each stays good until its own end, however many newer ones there are.
 */
@ApplicationScoped
public class DeviceTokens {
    /** The request header that carries one. */
    public static final String HEADER = "X-Device-Token";

    /** Our id of the device: a till that registers anew under the same device id is another one. */
    private static final String REGISTRATION = "registration";

    private final DeviceRepository devices;
    private final TokenSigning signing;
    private final LocalTokenVerifier verifier;
    private final Clock clock;

    DeviceTokens(DeviceRepository devices, TokenSigning signing, LocalTokenVerifier verifier, Clock clock) {
        this.devices = devices;
        this.signing = signing;
        this.verifier = verifier;
        this.clock = clock;
    }

    /** A new token, which other services can verify without asking us. */
    public String issue(Device device, Enterprise enterprise) {
        return signing.device(Map.of(
                "sub",
                device.deviceId().toString(),
                REGISTRATION,
                device.id().toString(),
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
    }

    boolean isOf(Device device, String token) {
        return registration(token).filter(device.id()::equals).isPresent();
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
        return registration(token)
                .map(devices::findById)
                .orElseGet(() -> Uni.createFrom().nullItem())
                .onItem()
                .ifNull()
                .failWith(DeviceTokens::unknown)
                .invoke(device -> {
                    if (device.hasExpired(clock.instant())) {
                        throw unknown();
                    }
                });
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

    private Optional<UUID> registration(String token) {
        return Optional.ofNullable(token)
                .flatMap(verifier::deviceClaims)
                .map(claims -> UUID.fromString(claims.get(REGISTRATION).toString()));
    }

    private static Problem unknown() {
        return Problem.unauthorized("device-unknown", "The device token is missing or not valid here.");
    }
}

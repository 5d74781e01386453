package uz.ksb.pos.sales.house;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.inbox.ConsumerRetry;
import uz.ksb.pos.sales.peer.CopyComparison;
import uz.ksb.pos.sales.peer.LogContinuity;

/** Follows {@code pos.settings.v1} and {@code pos.rates.v1}. Versions make it idempotent: it needs no inbox. */
@ApplicationScoped
class HouseConsumer {
    private final Pool pool;
    private final HouseRepository house;
    private final ObjectMapper json;
    private final CopyComparison copies;
    private final LogContinuity log = new LogContinuity();

    HouseConsumer(Pool pool, HouseRepository house, ObjectMapper json, CopyComparison copies) {
        this.pool = pool;
        this.house = house;
        this.json = json;
        this.copies = copies;
    }

    @Incoming("house-settings")
    Uni<Void> settings(ConsumerRecord<String, String> message) throws JsonProcessingException {
        CloudEvent event = CloudEvent.readFrom(message.headers());
        Uni<Void> effect =
                switch (event.type()) {
                    case "device.changed", "device.blocked" -> device(event.ksbId(), json.readTree(message.value()));
                    case "enterprise.changed" -> {
                        JsonNode enterprise = json.readTree(message.value());
                        requireRules(enterprise);
                        yield house.storeRules(
                                pool, event.ksbId(), enterprise.path("version").asLong(), enterprise.toString());
                    }
                    default -> Uni.createFrom().voidItem();
                };
        return follow("house-settings", message, effect);
    }

    @Incoming("house-rates")
    Uni<Void> rates(ConsumerRecord<String, String> message) throws JsonProcessingException {
        CloudEvent event = CloudEvent.readFrom(message.headers());
        JsonNode items = json.readTree(message.value()).path("items");
        items.forEach(HouseConsumer::requireRate);
        Uni<Void> effect = items.isArray() && !items.isEmpty()
                ? house.storeRates(pool, event.ksbId(), items.toString())
                        .chain(() -> house.forgetRates(pool, event.ksbId()))
                : Uni.createFrom().voidItem();
        return follow("house-rates", message, effect);
    }

    /** Nobody knows whose messages are missing: all copies are compared. */
    private Uni<Void> follow(String channel, ConsumerRecord<String, String> message, Uni<Void> effect) {
        boolean follows = log.follows(message);
        return ConsumerRetry.untilAvailable(channel, follows ? effect : effect.chain(copies::askForAll));
    }

    static void requireRules(JsonNode enterprise) {
        try {
            Objects.requireNonNull(ZoneId.of(enterprise.path("zone").asText()));
            Objects.requireNonNull(LocalTime.parse(enterprise.path("dayStart").asText()));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("zone or dayStart cannot be read", e);
        }
        JsonNode steps = enterprise.path("cashRoundings");
        require(steps.isMissingNode() || steps.isNull() || steps.isObject(), "cashRoundings");
        steps.forEach(step -> require(isPositive(step), "cashRoundings"));
    }

    static void requireRate(JsonNode item) {
        require(isPositive(item.path("rate")), "rate");
    }

    private static boolean isPositive(JsonNode number) {
        return new BigDecimal(number.asText()).signum() > 0;
    }

    private static void require(boolean fulfilled, String field) {
        if (!fulfilled) {
            throw new IllegalArgumentException(field + " cannot be used");
        }
    }

    private Uni<Void> device(String ksbId, JsonNode device) {
        return house.storeDevice(
                pool,
                ksbId,
                new HouseRepository.Device(
                        Till.id(device.path("deviceId").asText()),
                        device.path("code").asText(null),
                        device.path("name").asText(null),
                        Till.Status.valueOf(device.path("status").asText()),
                        device.path("version").asLong()));
    }
}

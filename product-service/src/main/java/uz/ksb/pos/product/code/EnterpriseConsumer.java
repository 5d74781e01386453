package uz.ksb.pos.product.code;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.inbox.ConsumerRetry;

/** Follows {@code pos.settings.v1}: the patterns of weighed barcodes. Only the newest version counts, so it needs no inbox. */
@ApplicationScoped
class EnterpriseConsumer {
    private static final String CHANNEL = "enterprise-settings";
    private static final Pattern PATTERN = Pattern.compile("[0-9PIWC]{13}");
    private static final int MAX_PATTERNS = 20;

    private final Pool pool;
    private final WeighedPatterns patterns;
    private final ObjectMapper json;

    EnterpriseConsumer(Pool pool, WeighedPatterns patterns, ObjectMapper json) {
        this.pool = pool;
        this.patterns = patterns;
        this.json = json;
    }

    @Incoming(CHANNEL)
    Uni<Void> receive(ConsumerRecord<String, String> message) throws JsonProcessingException {
        CloudEvent event = CloudEvent.readFrom(message.headers());
        if (!event.type().equals("enterprise.changed") || message.value() == null) {
            return Uni.createFrom().voidItem();
        }
        JsonNode enterprise = json.readTree(message.value());
        List<String> told = new ArrayList<>();
        for (JsonNode pattern : enterprise.path("weighedBarcodes")) {
            if (told.size() < MAX_PATTERNS && PATTERN.matcher(pattern.asText()).matches()) {
                told.add(pattern.asText());
            }
        }
        return ConsumerRetry.untilAvailable(
                CHANNEL,
                patterns.store(pool, event.ksbId(), enterprise.path("version").asLong(), told));
    }
}

package uz.ksb.pos.settings.enterprise;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.inbox.ConsumerRetry;

/** Learns from {@code pos.totals.v1} which enterprises have sales: their main currency cannot be changed any more. */
@ApplicationScoped
class SalesConsumer {
    private static final String CHANNEL = "totals";

    private final Pool pool;
    private final ObjectMapper json;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    SalesConsumer(Pool pool, ObjectMapper json) {
        this.pool = pool;
        this.json = json;
    }

    @Incoming(CHANNEL)
    Uni<Void> receive(ConsumerRecord<String, String> message) throws JsonProcessingException {
        String ksbId = CloudEvent.readFrom(message.headers()).ksbId();
        return known.contains(ksbId) || !hasSales(json.readTree(message.value()))
                ? Uni.createFrom().voidItem()
                : ConsumerRetry.untilAvailable(CHANNEL, remember(ksbId));
    }

    private static boolean hasSales(JsonNode totals) {
        return totals.path("count").asLong() + totals.path("returnsCount").asLong() > 0;
    }

    private Uni<Void> remember(String ksbId) {
        return pool.preparedQuery("update enterprises set has_sales = true where ksb_id = $1 and not has_sales")
                .execute(Tuple.of(ksbId))
                .invoke(() -> known.add(ksbId))
                .replaceWithVoid();
    }
}

package uz.ksb.pos.sales.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.inbox.ConsumerRetry;
import uz.ksb.pos.platform.inbox.Inbox;

/** Reads {@code pos.products.v1} and, of {@code pos.settings.v1}, what concerns the stock rule. */
@ApplicationScoped
class CatalogueFollowing {
    private static final String CONSUMER = "catalogue";

    private final Pool pool;
    private final Inbox inbox;
    private final CatalogueRepository catalogue;
    private final SoldStock sold;
    private final ObjectMapper json;

    CatalogueFollowing(Pool pool, Inbox inbox, CatalogueRepository catalogue, SoldStock sold, ObjectMapper json) {
        this.pool = pool;
        this.inbox = inbox;
        this.catalogue = catalogue;
        this.sold = sold;
        this.json = json;
    }

    @Incoming("catalogue")
    Uni<Void> products(ConsumerRecord<String, String> message) throws JsonProcessingException {
        CloudEvent event = CloudEvent.readFrom(message.headers());
        JsonNode told = json.readTree(message.value());
        JsonNode rows = told.path("rows");
        return event.type().equals("products.changed") && rows.isArray() && !rows.isEmpty()
                ? once(event, connection -> catalogue
                        .store(connection, event.ksbId(), rows.toString())
                        .chain(() -> sold.contained(connection, event.ksbId(), readAt(told, event), rows.toString())))
                : Uni.createFrom().voidItem();
    }

    /** What no reading brought was pushed: its source knew then what it says. */
    private static Instant readAt(JsonNode told, CloudEvent event) {
        return told.path("readAt").isTextual()
                ? Instant.parse(told.path("readAt").asText())
                : event.time();
    }

    @Incoming("stock-rules")
    Uni<Void> stockRule(ConsumerRecord<String, String> message) throws JsonProcessingException {
        CloudEvent event = CloudEvent.readFrom(message.headers());
        if (!event.type().equals("enterprise.changed")) {
            return Uni.createFrom().voidItem();
        }
        JsonNode enterprise = json.readTree(message.value());
        StockRule rule = StockRule.valueOf(enterprise.path("negativeStock").asText());
        long version = enterprise.path("version").asLong();
        return once(event, connection -> catalogue.store(connection, event.ksbId(), version, rule));
    }

    private Uni<Void> once(CloudEvent event, Function<SqlConnection, Uni<Void>> effect) {
        return ConsumerRetry.untilAvailable(
                        CONSUMER,
                        pool.withTransaction(connection ->
                                inbox.once(connection, event.id(), CONSUMER, () -> effect.apply(connection))))
                .replaceWithVoid();
    }
}

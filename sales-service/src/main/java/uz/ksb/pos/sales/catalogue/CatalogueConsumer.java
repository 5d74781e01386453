package uz.ksb.pos.sales.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.inbox.ConsumerRetry;
import uz.ksb.pos.platform.inbox.Inbox;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.sales.peer.CopyComparison;
import uz.ksb.pos.sales.totals.ProductCount;
import uz.ksb.pos.sales.totals.TotalsAggregator;

/**
 * Follows {@code pos.products.v1}: prices and stock of the rows, and how many products there are. Of {@code pos.settings.v1} it
 * follows the stock rule.
 */
@ApplicationScoped
class CatalogueConsumer {
    private static final String CONSUMER = "catalogue";
    /** The cause of rows that bring nothing new here: only the shown stock moved, because of our own sales. */
    private static final String SALES = "sales";

    private final Outbox outbox;
    private final Inbox inbox;
    private final CatalogueRepository catalogue;
    private final CataloguePositions positions;
    private final CopyComparison copies;
    private final SoldStock sold;
    private final ProductCount productCount;
    private final TotalsAggregator totals;
    private final ObjectMapper json;

    CatalogueConsumer(
            Outbox outbox,
            Inbox inbox,
            CatalogueRepository catalogue,
            CataloguePositions positions,
            CopyComparison copies,
            SoldStock sold,
            ProductCount productCount,
            TotalsAggregator totals,
            ObjectMapper json) {
        this.outbox = outbox;
        this.inbox = inbox;
        this.catalogue = catalogue;
        this.positions = positions;
        this.copies = copies;
        this.sold = sold;
        this.productCount = productCount;
        this.totals = totals;
        this.json = json;
    }

    @Incoming("products")
    Uni<Void> products(ConsumerRecord<String, String> message) throws JsonProcessingException {
        CloudEvent event = CloudEvent.readFrom(message.headers());
        if (!event.type().equals("products.changed")) {
            return Uni.createFrom().voidItem();
        }
        JsonNode told = read(message);
        long from = number(told.path("fromVersion"), "fromVersion");
        long to = number(told.path("toVersion"), "toVersion");
        int count = Math.toIntExact(number(told.path("counts").path("products"), "counts.products"));
        return once("products", event, connection -> store(connection, event, told)
                        .chain(() -> positions.follow(connection, event.ksbId(), from, to))
                        .chain(follows -> follows ? Uni.createFrom().voidItem() : copies.ask(connection, event.ksbId()))
                        .chain(() -> productCount.changed(connection, event.ksbId(), count, to)))
                .invoke(totals::wake);
    }

    private Uni<Void> store(SqlConnection connection, CloudEvent event, JsonNode told) {
        JsonNode rows = told.path("rows");
        return !rows.isArray() || rows.isEmpty() || told.path("cause").asText().equals(SALES)
                ? Uni.createFrom().voidItem()
                : catalogue
                        .store(connection, event.ksbId(), rows.toString())
                        .chain(() -> sold.contained(connection, event.ksbId(), readAt(told, event), rows.toString()));
    }

    /** Rows that were pushed name no reading: their source knew then what it says. */
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
        JsonNode enterprise = read(message);
        StockRule rule = StockRule.valueOf(enterprise.path("negativeStock").asText());
        long version = number(enterprise.path("version"), "version");
        return once("stock-rules", event, connection -> catalogue.store(connection, event.ksbId(), version, rule));
    }

    private Uni<Void> once(String channel, CloudEvent event, Function<SqlConnection, Uni<Void>> effect) {
        return ConsumerRetry.untilAvailable(
                        channel,
                        outbox.inTransaction(connection ->
                                inbox.once(connection, event.id(), CONSUMER, () -> effect.apply(connection))))
                .replaceWithVoid();
    }

    private JsonNode read(ConsumerRecord<String, String> message) throws JsonProcessingException {
        if (message.value() == null) {
            throw new IllegalArgumentException("the message is empty");
        }
        return json.readTree(message.value());
    }

    private static long number(JsonNode value, String field) {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value.asLong();
    }
}

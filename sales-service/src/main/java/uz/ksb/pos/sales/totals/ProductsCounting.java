package uz.ksb.pos.sales.totals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.inbox.Inbox;
import uz.ksb.pos.platform.outbox.Outbox;

/** Keeps how many products an enterprise has: a figure of the totals, told by {@code pos.products.v1}. */
@ApplicationScoped
class ProductsCounting {
    private static final Logger LOG = Logger.getLogger(ProductsCounting.class);
    private static final String CONSUMER = "products-counting";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** An older count never replaces a newer one. */
    private static final String COUNT = """
            insert into enterprise_totals as total (ksb_id, products, products_version) values ($1, $2, $3)
            on conflict (ksb_id) do update set products = $2, products_version = $3
            where total.products_version < $3""";

    private final Outbox outbox;
    private final Inbox inbox;
    private final TotalsFolding totals;
    private final Enterprises enterprises;
    private final ObjectMapper json;
    private final Clock clock;

    ProductsCounting(
            Outbox outbox, Inbox inbox, TotalsFolding totals, Enterprises enterprises, ObjectMapper json, Clock clock) {
        this.outbox = outbox;
        this.inbox = inbox;
        this.totals = totals;
        this.enterprises = enterprises;
        this.json = json;
        this.clock = clock;
    }

    private record Count(int products, long version) {}

    @Incoming("products")
    Uni<Void> receive(ConsumerRecord<String, String> incoming) {
        CloudEvent event;
        Count count;
        try {
            event = CloudEvent.readFrom(incoming.headers());
            count = count(incoming.value());
        } catch (IllegalArgumentException e) {
            return Uni.createFrom().failure(e);
        }
        return outbox.inTransaction(connection ->
                        inbox.once(connection, event.id(), CONSUMER, () -> store(connection, event.ksbId(), count)))
                .invoke(totals::wake)
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf("Event %s is tried again: %s", event.id(), failure))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    private Uni<Void> store(SqlConnection connection, String ksbId, Count count) {
        LocalDate today =
                enterprises.today(ksbId).orElseGet(() -> LocalDate.ofInstant(clock.instant(), ZoneOffset.ofHours(5)));
        return connection
                .preparedQuery(COUNT)
                .execute(Tuple.of(ksbId, count.products(), count.version()))
                .chain(stored -> stored.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : totals.add(
                                connection, List.of(TotalChange.ofNoSale(ksbId, today, enterprises.currency(ksbId)))));
    }

    private Count count(String value) {
        try {
            JsonNode data = json.readTree(value == null ? "" : value);
            JsonNode products = data.path("counts").path("products");
            JsonNode version = data.path("toVersion");
            if (!products.canConvertToInt() || !version.canConvertToLong()) {
                throw new IllegalArgumentException("counts.products or toVersion is missing");
            }
            return new Count(products.asInt(), version.asLong());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not valid JSON", e);
        }
    }
}

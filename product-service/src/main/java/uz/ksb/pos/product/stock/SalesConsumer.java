package uz.ksb.pos.product.stock;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.inbox.ConsumerRetry;
import uz.ksb.pos.platform.log.LogContext;
import uz.ksb.pos.platform.metrics.PoisonRows;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.schedule.OneByOne;
import uz.ksb.pos.product.sold.FinishedSale;
import uz.ksb.pos.product.sold.SoldStock;

/**
 * Follows {@code pos.sales.v1}, as many events at a time as there are. Its inbox is the revision of each sale that was kept: an
 * event of an equal or lower one has no effect.
 */
@ApplicationScoped
class SalesConsumer {
    private static final Logger LOG = Logger.getLogger(SalesConsumer.class);
    private static final String CHANNEL = "sales";

    private final Outbox outbox;
    private final SoldStock soldStock;
    private final StockAggregator aggregator;
    private final ObjectMapper json;

    SalesConsumer(Outbox outbox, SoldStock soldStock, StockAggregator aggregator, ObjectMapper json) {
        this.outbox = outbox;
        this.soldStock = soldStock;
        this.aggregator = aggregator;
        this.json = json;
    }

    private record Key(String ksbId, UUID sale) {}

    /** An event that cannot be read. */
    private record Unreadable(ConsumerRecord<String, String> message, RuntimeException failure) {}

    /** @param reason why it was put here */
    record SaleUnreadable(String reason, String event) {
        static final String TYPE = "sale.unreadable";
    }

    @Incoming(CHANNEL)
    Uni<Void> receive(ConsumerRecords<String, String> messages) {
        Map<Key, FinishedSale> sales = new LinkedHashMap<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (ConsumerRecord<String, String> message : messages) {
            try {
                SaleEvents.read(json, message)
                        .ifPresent(sale -> sales.merge(new Key(sale.ksbId(), sale.id()), sale, SalesConsumer::newer));
            } catch (IllegalArgumentException | DateTimeException e) {
                unreadable.add(new Unreadable(message, e));
            }
        }
        return keepAll(sales.values()).chain(() -> setApart(unreadable)).invoke(() -> {
            if (!sales.isEmpty()) {
                aggregator.wake();
            }
        });
    }

    /** The lines of a finished sale never change; only its way to the back office goes on. */
    private static FinishedSale newer(FinishedSale one, FinishedSale other) {
        return one.revision() >= other.revision() ? one : other;
    }

    private Uni<Void> keepAll(Collection<FinishedSale> sales) {
        return sales.isEmpty()
                ? Uni.createFrom().voidItem()
                : keep(List.copyOf(sales)).onFailure().recoverWithUni(failure -> keepOneByOne(sales));
    }

    private Uni<Void> keep(List<FinishedSale> sales) {
        return ConsumerRetry.untilAvailable(
                CHANNEL, outbox.inTransaction(connection -> soldStock.keep(connection, sales)));
    }

    /** One sale that cannot be kept spoils no other. */
    private Uni<Void> keepOneByOne(Collection<FinishedSale> sales) {
        return OneByOne.each(sales, sale -> keep(List.of(sale))
                .onFailure()
                .invoke(failure ->
                        LOG.warnf("The sale %s of %s does not lower the stock: %s", sale.id(), sale.ksbId(), failure))
                .onFailure()
                .invoke(() -> PoisonRows.count(PoisonRows.Kind.CHANGE, 1))
                .onFailure()
                .recoverWithNull());
    }

    private Uni<Void> setApart(List<Unreadable> unreadable) {
        if (unreadable.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        PoisonRows.count(PoisonRows.Kind.MESSAGE, unreadable.size());
        List<Event> letters = unreadable.stream().map(SalesConsumer::letter).toList();
        return ConsumerRetry.untilAvailable(
                CHANNEL, outbox.inTransaction(connection -> outbox.add(connection, letters)));
    }

    private static Event letter(Unreadable one) {
        ConsumerRecord<String, String> message = one.message();
        try (LogContext.Lines ids = LogContext.of(message.headers())) {
            LOG.warnf(
                    "A message of %s-%d@%d goes to the dead letters: %s",
                    message.topic(), message.partition(), message.offset(), one.failure());
        }
        String key = message.key() == null ? "" : message.key();
        return new Event(
                Topics.deadLetters(Topics.SALES),
                SaleUnreadable.TYPE,
                key,
                key,
                new SaleUnreadable(one.failure().getMessage(), message.value()));
    }
}

package uz.ksb.pos.product.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.inbox.Inbox;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.product.catalogue.Source;
import uz.ksb.pos.product.rate.CurrencyRates;
import uz.ksb.pos.product.rate.NewRate;
import uz.ksb.pos.product.rate.RateParser;
import uz.ksb.pos.product.reference.ReferenceData;
import uz.ksb.pos.product.reference.ReferenceItem;
import uz.ksb.pos.product.reference.ReferenceKind;
import uz.ksb.pos.product.reference.ReferenceParser;
import uz.ksb.pos.product.row.RowFields;
import uz.ksb.pos.product.row.RowRejected;
import uz.ksb.pos.product.update.ProductUpdating;
import uz.ksb.pos.product.update.UpdateChunk;
import uz.ksb.pos.product.update.UpdateResult;
import uz.ksb.pos.product.update.UpdateRow;

/** Takes one message: its rows, their count, the answer to a part's end and the note in the inbox are one transaction. */
@ApplicationScoped
class PartReceiving {
    private static final String CONSUMER = "product-updates";
    private static final String PRODUCTS = "products";
    private static final String RATES = "rates";
    /** From here on a message is an import. */
    private static final int BULK_ROWS = 500;

    private final Outbox outbox;
    private final Inbox inbox;
    private final PartRepository parts;
    private final ProductUpdating updating;
    private final ReferenceData references;
    private final CurrencyRates rates;

    PartReceiving(
            Outbox outbox,
            Inbox inbox,
            PartRepository parts,
            ProductUpdating updating,
            ReferenceData references,
            CurrencyRates rates) {
        this.outbox = outbox;
        this.inbox = inbox;
        this.parts = parts;
        this.updating = updating;
        this.references = references;
        this.rates = rates;
    }

    /** Whether rows of this part are for us. */
    static boolean isKnown(String part) {
        return PRODUCTS.equals(part)
                || RATES.equals(part)
                || ReferenceKind.of(part).isPresent();
    }

    Uni<Void> receive(CloudEvent event, PartMessage message) {
        return outbox.inTransaction(connection ->
                        inbox.once(connection, event.id(), CONSUMER, () -> effect(connection, event, message)))
                .replaceWithVoid();
    }

    private Uni<Void> effect(SqlConnection connection, CloudEvent event, PartMessage message) {
        return switch (message) {
            case PartMessage.Rows rows -> rows(connection, event, rows);
            case PartMessage.End end ->
                parts.applied(connection, event.ksbId(), end)
                        .chain(applied -> outbox.add(
                                connection,
                                new Event(
                                        Topics.SYNC,
                                        PartApplied.TYPE,
                                        event.ksbId(),
                                        end.syncId().toString(),
                                        applied)));
        };
    }

    private Uni<Void> rows(SqlConnection connection, CloudEvent event, PartMessage.Rows message) {
        return apply(connection, event, message)
                .call(rows -> parts.count(connection, event.ksbId(), message, rows))
                .chain(rows -> outbox.add(connection, deadLetters(event.ksbId(), message, rows)));
    }

    private Uni<PartRows> apply(SqlConnection connection, CloudEvent event, PartMessage.Rows message) {
        return switch (message.part()) {
            case PRODUCTS -> products(connection, event.ksbId(), message);
            case RATES -> {
                OffsetDateTime read = OffsetDateTime.ofInstant(event.time(), ZoneOffset.UTC);
                yield small(
                        message.rows(),
                        row -> RateParser.read(row, read),
                        NewRate::currency,
                        given -> rates.set(connection, event.ksbId(), given));
            }
            default ->
                small(
                        message.rows(),
                        ReferenceParser::read,
                        ReferenceItem::id,
                        given -> references.store(
                                connection,
                                event.ksbId(),
                                ReferenceKind.of(message.part()).orElseThrow(),
                                given));
        };
    }

    private Uni<PartRows> products(SqlConnection connection, String ksbId, PartMessage.Rows message) {
        List<JsonNode> rows = message.rows();
        boolean bulk = rows.size() >= BULK_ROWS;
        List<UpdateRow> read = IntStream.range(0, rows.size())
                .mapToObj(i -> UpdateRow.of(i + 1L, rows.get(i), rows.get(i).toString()))
                .toList();
        return Multi.createFrom()
                .iterable(UpdateChunk.of(read))
                .onItem()
                .transformToUniAndConcatenate(
                        chunk -> updating.apply(connection, ksbId, chunk, new Source(bulk, message.readAt())))
                .collect()
                .in(() -> new ArrayList<UpdateResult>(), List::add)
                .map(PartReceiving::sum);
    }

    private static PartRows sum(List<UpdateResult> results) {
        return results.stream()
                .map(result -> new PartRows(
                        result.received(),
                        result.created() + result.updated(),
                        result.unchanged() + result.stale(),
                        result.rejected().stream()
                                .map(row -> new PartRows.Rejected(row.id(), row.reason(), row.raw()))
                                .toList()))
                .reduce(PartRows.NOTHING, PartRows::plus);
    }

    /** Few rows, stored by one statement; of two rows with one id the last counts, the other changes nothing. */
    private static <T> Uni<PartRows> small(
            List<JsonNode> rows,
            Function<JsonNode, T> reading,
            Function<T, String> id,
            Function<List<T>, Uni<Integer>> storing) {
        Map<String, T> read = new LinkedHashMap<>();
        List<PartRows.Rejected> rejected = new ArrayList<>();
        for (JsonNode row : rows) {
            try {
                T one = reading.apply(row);
                read.put(id.apply(one), one);
            } catch (RowRejected e) {
                rejected.add(new PartRows.Rejected(RowFields.idOf(row), e.getMessage(), row.toString()));
            }
        }
        return storing.apply(List.copyOf(read.values()))
                .map(applied -> new PartRows(rows.size(), applied, rows.size() - rejected.size() - applied, rejected));
    }

    private static List<Event> deadLetters(String ksbId, PartMessage.Rows message, PartRows rows) {
        return rows.rejected().stream()
                .map(row -> new Event(
                        Topics.deadLetters(Topics.PRODUCT_UPDATES),
                        RowRejectedEvent.TYPE,
                        ksbId,
                        message.syncId().toString(),
                        new RowRejectedEvent(message.syncId(), message.part(), row.id(), row.reason(), row.row())))
                .toList();
    }
}

package uz.ksb.pos.product.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.schedule.OneByOne;
import uz.ksb.pos.platform.syncpart.RowsResult;
import uz.ksb.pos.platform.syncpart.SyncPart;
import uz.ksb.pos.platform.syncpart.SyncPartConsumer;
import uz.ksb.pos.platform.syncpart.SyncPartHandler;
import uz.ksb.pos.product.catalogue.Source;
import uz.ksb.pos.product.rate.CurrencyRates;
import uz.ksb.pos.product.rate.NewRate;
import uz.ksb.pos.product.rate.RateParser;
import uz.ksb.pos.product.reference.ReferenceData;
import uz.ksb.pos.product.reference.ReferenceItem;
import uz.ksb.pos.product.reference.ReferenceKind;
import uz.ksb.pos.product.reference.ReferenceParser;
import uz.ksb.pos.product.row.RowRejected;
import uz.ksb.pos.product.sold.SoldStock;
import uz.ksb.pos.product.update.ProductUpdating;
import uz.ksb.pos.product.update.UpdateChunk;
import uz.ksb.pos.product.update.UpdateResult;
import uz.ksb.pos.product.update.UpdateRow;

/** Stores the parts products, rates and reference data. */
@ApplicationScoped
class ProductParts implements SyncPartHandler {
    private static final String CHANNEL = "product-updates";
    private static final String PRODUCTS = "products";
    private static final String RATES = "rates";
    /** A message of this many rows is an import. */
    private static final int BULK_ROWS = 500;

    private final SyncPartConsumer parts;
    private final ProductUpdating updating;
    private final ReferenceData references;
    private final CurrencyRates rates;
    private final SoldStock soldStock;

    ProductParts(
            SyncPartConsumer parts,
            ProductUpdating updating,
            ReferenceData references,
            CurrencyRates rates,
            SoldStock soldStock) {
        this.soldStock = soldStock;
        this.parts = parts;
        this.updating = updating;
        this.references = references;
        this.rates = rates;
    }

    @Incoming(CHANNEL)
    Uni<Void> receive(ConsumerRecord<String, String> message) {
        return parts.receive(CHANNEL, message, this);
    }

    @Override
    public boolean handles(String part) {
        return PRODUCTS.equals(part)
                || RATES.equals(part)
                || ReferenceKind.of(part).isPresent();
    }

    @Override
    public Uni<RowsResult> apply(SqlConnection connection, CloudEvent event, SyncPart.Rows message) {
        return switch (message.part()) {
            case PRODUCTS -> products(connection, event.ksbId(), message);
            case RATES -> {
                OffsetDateTime read = Rows.timestamp(event.time());
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

    @Override
    public Uni<Void> end(SqlConnection connection, CloudEvent event, SyncPart.End end) {
        return RATES.equals(end.part())
                ? rates.tellAgain(connection, event.ksbId())
                : Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> arrived(SqlConnection connection, CloudEvent event, SyncPart.End end) {
        return PRODUCTS.equals(end.part()) && end.readAt() != null
                ? soldStock.readingEnded(connection, event.ksbId(), end.readAt())
                : Uni.createFrom().voidItem();
    }

    private Uni<RowsResult> products(SqlConnection connection, String ksbId, SyncPart.Rows message) {
        List<JsonNode> rows = message.rows();
        boolean bulk = rows.size() >= BULK_ROWS;
        List<UpdateRow> read = IntStream.range(0, rows.size())
                .mapToObj(i -> UpdateRow.of(i + 1L, rows.get(i), rows.get(i).toString()))
                .toList();
        Source source = new Source(bulk, message.readAt());
        return OneByOne.map(UpdateChunk.of(read), chunk -> updating.apply(connection, ksbId, chunk, source))
                .map(ProductParts::sum);
    }

    private static RowsResult sum(List<UpdateResult> results) {
        return new RowsResult(
                results.stream()
                        .mapToLong(result -> result.created() + result.updated())
                        .sum(),
                results.stream()
                        .flatMap(result -> result.rejected().stream())
                        .map(row -> new RowsResult.Rejected((int) row.line() - 1, row.id(), row.reason(), row.raw()))
                        .toList());
    }

    /** Few rows, stored by one statement; of two rows with one id the last counts, the other changes nothing. */
    private static <T> Uni<RowsResult> small(
            List<JsonNode> rows,
            Function<JsonNode, T> parser,
            Function<T, String> id,
            Function<List<T>, Uni<Integer>> store) {
        Map<String, T> read = new LinkedHashMap<>();
        List<RowsResult.Rejected> rejected = new ArrayList<>();
        for (int place = 0; place < rows.size(); place++) {
            try {
                T one = parser.apply(rows.get(place));
                read.put(id.apply(one), one);
            } catch (RowRejected e) {
                rejected.add(RowsResult.Rejected.of(place, rows.get(place), e.getMessage()));
            }
        }
        return store.apply(List.copyOf(read.values())).map(applied -> new RowsResult(applied, rejected));
    }
}

package uz.ksb.pos.sales.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.inbox.Inbox;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.sales.catalogue.SoldStock;
import uz.ksb.pos.sales.customer.CustomerImport;
import uz.ksb.pos.sales.customer.CustomerImport.ImportedCustomer;
import uz.ksb.pos.sales.delivery.DeliveryRequests;
import uz.ksb.pos.sales.enterprise.Enterprises;
import uz.ksb.pos.sales.sync.PartMessage.Applied;
import uz.ksb.pos.sales.sync.PartMessage.RejectedRow;
import uz.ksb.pos.sales.totals.TotalsAggregator;

/** Takes one message: its rows, their count, the answer to the part's end and the inbox's note are one transaction. */
@ApplicationScoped
class PartReceiving {
    private static final String CONSUMER = "sync";
    private static final String SALES = "sales";

    private static final String COUNT = """
            insert into sync_chunks (ksb_id, sync_id, part, chunk, received, applied, rejected)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (ksb_id, sync_id, part, chunk) do update set
                received = excluded.received, applied = greatest(sync_chunks.applied, excluded.applied),
                rejected = excluded.rejected""";

    private static final String SUM = """
            select coalesce(sum(received), 0)::int as received, coalesce(sum(applied), 0)::int as applied,
                coalesce(jsonb_agg(r.value) filter (where r.value is not null), '[]') as rejected
            from sync_chunks left join lateral jsonb_array_elements(rejected) r on true
            where ksb_id = $1 and sync_id = $2 and part = $3 and chunk <= $4""";

    private final Outbox outbox;
    private final Inbox inbox;
    private final CustomerImport customers;
    private final Enterprises enterprises;
    private final TotalsAggregator totals;
    private final DeliveryRequests deliveries;
    private final SoldStock stock;
    private final Clock clock;

    PartReceiving(
            Outbox outbox,
            Inbox inbox,
            CustomerImport customers,
            Enterprises enterprises,
            TotalsAggregator totals,
            DeliveryRequests deliveries,
            SoldStock stock,
            Clock clock) {
        this.outbox = outbox;
        this.inbox = inbox;
        this.customers = customers;
        this.enterprises = enterprises;
        this.totals = totals;
        this.deliveries = deliveries;
        this.stock = stock;
        this.clock = clock;
    }

    Uni<Void> rows(CloudEvent event, PartMessage.Rows message) {
        return once(event, connection -> store(connection, event.ksbId(), message))
                .invoke(totals::wake);
    }

    Uni<Void> end(CloudEvent event, PartMessage.End end) {
        return once(event, connection -> settle(connection, event.ksbId(), end)
                .chain(() -> sum(connection, event.ksbId(), end))
                .chain(applied -> outbox.add(connection, answer(event.ksbId(), applied))));
    }

    private Uni<Void> settle(SqlConnection connection, String ksbId, PartMessage.End end) {
        return end.readAt() == null ? Uni.createFrom().voidItem() : customers.settle(connection, ksbId, end.readAt());
    }

    Uni<Void> completed(CloudEvent event, PartMessage.Completed run) {
        return run.startedAt() == null
                ? Uni.createFrom().voidItem()
                : once(event, connection -> stock.runCompleted(connection, event.ksbId(), run.startedAt()));
    }

    /** The part without rows: what waits is sent, and the answer says how much that is. */
    Uni<Void> sendAll(CloudEvent event, PartMessage.Requested request) {
        return once(event, connection -> deliveries
                .sendAll(connection, event.ksbId())
                .map(waiting -> new Applied(request.syncId(), SALES, waiting, waiting, 0, List.of()))
                .chain(applied -> outbox.add(connection, answer(event.ksbId(), applied))));
    }

    private Uni<Void> once(CloudEvent event, Function<SqlConnection, Uni<Void>> effect) {
        return outbox.inTransaction(
                        connection -> inbox.once(connection, event.id(), CONSUMER, () -> effect.apply(connection)))
                .replaceWithVoid();
    }

    private Uni<Void> store(SqlConnection connection, String ksbId, PartMessage.Rows message) {
        Map<UUID, ImportedCustomer> read = new LinkedHashMap<>();
        List<RejectedRow> rejected = new ArrayList<>();
        for (JsonNode row : message.rows()) {
            try {
                ImportedCustomer customer = CustomerRow.read(row);
                read.put(customer.id(), customer);
            } catch (IllegalArgumentException e) {
                rejected.add(new RejectedRow(row.path("id").asText(null), e.getMessage()));
            }
        }
        return customers
                .store(
                        connection,
                        enterprises.orUsual(ksbId),
                        List.copyOf(read.values()),
                        message.readAt() == null ? clock.instant() : message.readAt())
                .chain(applied -> connection
                        .preparedQuery(COUNT)
                        .execute(Tuple.from(List.of(
                                ksbId,
                                message.syncId(),
                                message.part(),
                                message.chunk(),
                                message.rows().size(),
                                applied,
                                json(rejected)))))
                .chain(() -> outbox.add(connection, deadLetters(ksbId, message, rejected)));
    }

    private Uni<Applied> sum(SqlConnection connection, String ksbId, PartMessage.End end) {
        return connection
                .preparedQuery(SUM)
                .execute(Tuple.of(ksbId, end.syncId(), end.part(), end.chunks()))
                .map(rows -> rows.iterator().next())
                .map(row -> applied(end, row));
    }

    private static Applied applied(PartMessage.End end, Row row) {
        List<RejectedRow> rejected = row.getJsonArray("rejected").stream()
                .map(JsonObject.class::cast)
                .map(one -> new RejectedRow(one.getString("id"), one.getString("reason")))
                .toList();
        int received = end.rows();
        int applied = Math.min(row.getInteger("applied"), received - rejected.size());
        return new Applied(end.syncId(), end.part(), received, applied, received - applied - rejected.size(), rejected);
    }

    static Event answer(String ksbId, Applied applied) {
        return new Event(
                Topics.SYNC, PartMessage.APPLIED, ksbId, applied.syncId().toString(), applied);
    }

    private static JsonArray json(List<RejectedRow> rejected) {
        JsonArray array = new JsonArray();
        rejected.forEach(row -> array.add(new JsonObject().put("id", row.id()).put("reason", row.reason())));
        return array;
    }

    private static List<Event> deadLetters(String ksbId, PartMessage.Rows message, List<RejectedRow> rejected) {
        return rejected.stream()
                .map(row -> new Event(
                        Topics.deadLetters(Topics.CUSTOMER_UPDATES),
                        "row.rejected",
                        ksbId,
                        message.syncId().toString(),
                        row))
                .toList();
    }
}

package uz.ksb.pos.sales.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.syncpart.RowsResult;
import uz.ksb.pos.platform.syncpart.SyncPart;
import uz.ksb.pos.platform.syncpart.SyncPartConsumer;
import uz.ksb.pos.platform.syncpart.SyncPartHandler;
import uz.ksb.pos.sales.customer.CustomerImport;
import uz.ksb.pos.sales.customer.CustomerImport.ImportedCustomer;
import uz.ksb.pos.sales.enterprise.Enterprises;
import uz.ksb.pos.sales.totals.TotalsAggregator;

/** Stores the part customers. */
@ApplicationScoped
class CustomerPart implements SyncPartHandler {
    private static final String CHANNEL = "customer-updates";
    private static final String CUSTOMERS = "customers";

    private final SyncPartConsumer parts;
    private final CustomerImport customers;
    private final Enterprises enterprises;
    private final TotalsAggregator totals;
    private final Clock clock;

    CustomerPart(
            SyncPartConsumer parts,
            CustomerImport customers,
            Enterprises enterprises,
            TotalsAggregator totals,
            Clock clock) {
        this.parts = parts;
        this.customers = customers;
        this.enterprises = enterprises;
        this.totals = totals;
        this.clock = clock;
    }

    @Incoming(CHANNEL)
    Uni<Void> receive(ConsumerRecord<String, String> message) {
        return parts.receive(CHANNEL, message, this);
    }

    @Override
    public boolean handles(String part) {
        return CUSTOMERS.equals(part);
    }

    @Override
    public Uni<RowsResult> apply(SqlConnection connection, CloudEvent event, SyncPart.Rows message) {
        Map<UUID, ImportedCustomer> read = new LinkedHashMap<>();
        List<RowsResult.Rejected> rejected = new ArrayList<>();
        for (int place = 0; place < message.rows().size(); place++) {
            JsonNode row = message.rows().get(place);
            try {
                ImportedCustomer customer = CustomerRow.read(row);
                read.put(customer.id(), customer);
            } catch (IllegalArgumentException e) {
                rejected.add(RowsResult.Rejected.of(place, row, e.getMessage()));
            }
        }
        return customers
                .store(
                        connection,
                        enterprises.orUsual(event.ksbId()),
                        List.copyOf(read.values()),
                        message.readAt() == null ? clock.instant() : message.readAt())
                .map(applied -> new RowsResult(applied, rejected));
    }

    @Override
    public Uni<Void> end(SqlConnection connection, CloudEvent event, SyncPart.End end) {
        return end.readAt() == null
                ? Uni.createFrom().voidItem()
                : customers.settle(connection, event.ksbId(), end.readAt());
    }

    @Override
    public void committed() {
        totals.wake();
    }
}

package uz.ksb.pos.product.stock;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.product.sold.FinishedSale;

/** Reads the events of {@code pos.sales.v1}. Pure. */
final class SaleEvents {
    private static final String COMPLETED = "COMPLETED";
    private static final String RETURN = "RETURN";
    private static final Set<String> SETTLED = Set.of("DELIVERED", "CLOSED");
    private static final Set<String> COUNTING_HOLDS = Set.of("return");
    private static final int MAX_TEXT = 200;
    private static final BigDecimal MAX_QUANTITY = new BigDecimal("1000000000000");
    private static final int MAX_DECIMALS = 3;

    private SaleEvents() {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record View(
            UUID id,
            int revision,
            String status,
            String kind,
            String warehouse,
            String deliveryStatus,
            String held,
            List<Line> lines) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Line(String productId, String warehouse, BigDecimal quantity) {}

    /**
     * @return empty for what does not concern the stock: sales that are not finished, or held back
     * @throws IllegalArgumentException when it is no event of a sale
     */
    static Optional<FinishedSale> read(ObjectMapper json, ConsumerRecord<String, String> message) {
        CloudEvent event = CloudEvent.readFrom(message.headers());
        if (event.type().equals("sale.deleted") || event.type().equals("sale.opened")) {
            return Optional.empty();
        }
        View sale = view(json, message.value());
        boolean counts = sale.held() == null || COUNTING_HOLDS.contains(sale.held());
        return COMPLETED.equals(sale.status()) && counts ? Optional.of(finished(event, sale)) : Optional.empty();
    }

    private static View view(ObjectMapper json, String value) {
        try {
            View sale = value == null ? null : json.readValue(value, View.class);
            if (sale == null || sale.id() == null || sale.lines() == null) {
                throw new IllegalArgumentException("it is not a sale's view");
            }
            return sale;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not a sale's JSON", e);
        }
    }

    /** The time of the event is that of the delivery, or a moment after it. */
    private static FinishedSale finished(CloudEvent event, View sale) {
        Instant settledAt = SETTLED.contains(sale.deliveryStatus()) ? event.time() : null;
        List<FinishedSale.Cell> cells = new ArrayList<>();
        for (Line line : sale.lines()) {
            String warehouse = line.warehouse() == null ? sale.warehouse() : line.warehouse();
            BigDecimal quantity = quantity(line.quantity());
            cells.add(new FinishedSale.Cell(
                    text(line.productId()),
                    warehouse == null ? "" : text(warehouse),
                    RETURN.equals(sale.kind()) ? quantity.negate() : quantity));
        }
        return new FinishedSale(event.ksbId(), sale.id(), sale.revision(), settledAt, cells);
    }

    private static BigDecimal quantity(BigDecimal quantity) {
        if (quantity == null
                || quantity.abs().compareTo(MAX_QUANTITY) > 0
                || quantity.stripTrailingZeros().scale() > MAX_DECIMALS) {
            throw new IllegalArgumentException("a quantity is missing or none");
        }
        return quantity;
    }

    private static String text(String text) {
        if (text == null || text.length() > MAX_TEXT || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a product or warehouse is missing or none");
        }
        return text;
    }
}

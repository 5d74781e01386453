package uz.ksb.pos.sales.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import uz.ksb.pos.sales.customer.CustomerView;
import uz.ksb.pos.sales.money.SaleArithmetic;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.Payment;
import uz.ksb.pos.sales.sale.domain.content.SaleKind;

/** KSB-MERP, a 1C base: its method {@code create_sales}. */
@ApplicationScoped
class KsbMerpBackOffice implements BackOffice {
    private static final int LONGEST_REASON = 500;
    private static final Duration PING_LIMIT = Duration.ofSeconds(10);

    private final BackOfficeConfig config;
    private final ObjectMapper json;
    private final Pattern alreadyThere;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    KsbMerpBackOffice(BackOfficeConfig config, ObjectMapper json) {
        this.config = config;
        this.json = json;
        this.alreadyThere = Pattern.compile(config.alreadyThere());
    }

    /** Its answer cannot be used; the message says why. */
    private static final class NoAnswer extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoAnswer(String reason) {
            super(reason, null, false, false);
        }
    }

    @Override
    public boolean isKnown(String ksbId) {
        return setting(ksbId, BackOfficeConfig.Own::url, config.url()).isPresent();
    }

    @Override
    public boolean takesReturns(String ksbId) {
        return setting(ksbId, BackOfficeConfig.Own::returns, Optional.of(config.returns()))
                .filter(BackOfficeConfig.Returns.NEGATIVE_SALE::equals)
                .isPresent();
    }

    @Override
    public Uni<Map<UUID, Answer>> send(List<CompletedSale> sales, List<CustomerView> newCustomers) {
        return Uni.createFrom()
                .completionStage(
                        () -> http.sendAsync(request(sales, newCustomers), HttpResponse.BodyHandlers.ofByteArray()))
                .map(this::answers);
    }

    @Override
    public Uni<Void> ping(CompletedSale next) {
        HttpRequest ping = call("ping", next).timeout(PING_LIMIT).GET().build();
        return Uni.createFrom()
                .completionStage(() -> http.sendAsync(ping, HttpResponse.BodyHandlers.discarding()))
                .invoke(answer -> requireOk(answer.statusCode()))
                .replaceWithVoid();
    }

    private HttpRequest request(List<CompletedSale> sales, List<CustomerView> newCustomers) {
        return call("create_sales", sales.getFirst())
                .timeout(config.timeout())
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body(sales, newCustomers)))
                .build();
    }

    private HttpRequest.Builder call(String method, CompletedSale sale) {
        String ksbId = sale.ksbId();
        String base = setting(ksbId, BackOfficeConfig.Own::url, config.url()).orElseThrow();
        String login = setting(ksbId, BackOfficeConfig.Own::user, config.user()).orElse("")
                + ":"
                + setting(ksbId, BackOfficeConfig.Own::password, config.password())
                        .orElse("");
        return HttpRequest.newBuilder(URI.create("%s/hs/ksbmerp_pos/%s/ksb?text=pos&ksb_id=%s&device_id=%s"
                        .formatted(
                                base.replaceAll("/+$", ""),
                                method,
                                ksbId,
                                URLEncoder.encode(String.valueOf(sale.origin().deviceId()), StandardCharsets.UTF_8))))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private static void requireOk(int status) {
        if (status != 200) {
            throw new NoAnswer("the back office answers with status " + status);
        }
    }

    private byte[] body(List<CompletedSale> sales, List<CustomerView> newCustomers) {
        try {
            return json.writeValueAsBytes(Map.of(
                    "sales",
                    sales.stream().map(sale -> document(sale, newCustomers)).toList()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a sale cannot be written as JSON", e);
        }
    }

    private Map<UUID, Answer> answers(HttpResponse<byte[]> response) {
        requireOk(response.statusCode());
        JsonNode rows;
        try {
            rows = json.readTree(response.body()).path("answer");
        } catch (java.io.IOException e) {
            throw new NoAnswer("the back office's answer is not JSON");
        }
        if (!rows.isArray()) {
            throw new NoAnswer("the back office's answer has no rows");
        }
        Map<UUID, Answer> answers = new HashMap<>();
        rows.forEach(row -> document(row).ifPresent(id -> answer(row).ifPresent(answer -> answers.put(id, answer))));
        return answers;
    }

    private static Optional<UUID> document(JsonNode row) {
        try {
            return Optional.of(UUID.fromString(row.path("document").asText()));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /** Empty: neither accepted nor refused, as if the row were missing. */
    private Optional<Answer> answer(JsonNode row) {
        return switch (row.path("status").asText()) {
            case "successfully" ->
                Optional.of(new Answer.Accepted(row.path("processed").asBoolean(false)));
            case "error" -> Optional.of(refusal(row));
            default -> Optional.empty();
        };
    }

    private Answer refusal(JsonNode row) {
        String message = row.path("message").asText("");
        if (alreadyThere.matcher(message).find()) {
            return new Answer.Accepted(row.path("processed").asBoolean(true));
        }
        String reason = message.isBlank() ? "the back office gives no reason" : message;
        return new Answer.Refused(reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
    }

    private <T> Optional<T> setting(String ksbId, Function<BackOfficeConfig.Own, Optional<T>> own, Optional<T> common) {
        return Optional.ofNullable(config.enterprise().get(ksbId)).flatMap(own).or(() -> common);
    }

    /** One element of {@code sales}. Numbers are JSON numbers there. */
    static Map<String, Object> document(CompletedSale sale, List<CustomerView> newCustomers) {
        boolean isReturn = sale.content().kind() == SaleKind.RETURN;
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("details", List.of(details(sale, isReturn)));
        document.put(
                "client_details",
                newCustomers.stream()
                        .filter(customer -> customer.id().equals(sale.content().customerId()))
                        .map(KsbMerpBackOffice::client)
                        .toList());
        document.put(
                "products",
                sale.content().lines().stream()
                        .map(line -> product(line, sale, isReturn))
                        .toList());
        document.put("payments", payments(sale, isReturn));
        return document;
    }

    private static Map<String, Object> details(CompletedSale sale, boolean isReturn) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("document", sale.id());
        details.put(
                "client",
                sale.content().customerId() == null
                        ? new UUID(0, 0)
                        : sale.content().customerId());
        details.put("warehouse", sale.content().warehouse());
        details.put("price_type", sale.content().priceType());
        details.put("rate", number(sale.content().rate()));
        details.put("currency", sale.content().currency());
        // What is rounded down is given away, what is rounded up is a discount below zero.
        details.put(
                "discount",
                signed(sale.content().discount().subtract(sale.content().rounding()), isReturn));
        details.put("comment", comment(sale));
        details.put("below_cost", false);
        details.put("date", sale.completion().completedAt());
        details.put("user", sale.origin().cashier());
        return details;
    }

    /** We ask for no address. */
    private static Map<String, Object> client(CustomerView customer) {
        return Map.of("id", customer.id(), "name", customer.name(), "phone", customer.phone(), "address", "");
    }

    private static String comment(CompletedSale sale) {
        List<String> parts = new ArrayList<>();
        parts.add(
                "POS " + (sale.view().number() == null ? sale.id() : sale.view().number()));
        parts.add("kassa " + sale.origin().deviceCode());
        parts.add(String.valueOf(sale.origin().cashier()));
        parts.add(sale.completion().completedAt().toString());
        if (sale.content().comment() != null) {
            parts.add(sale.content().comment());
        }
        return String.join("; ", parts);
    }

    private static Map<String, Object> product(Line line, CompletedSale sale, boolean isReturn) {
        Map<String, Object> product = new LinkedHashMap<>();
        product.put("product", line.productId());
        product.put("warehouse", line.warehouse() == null ? sale.content().warehouse() : line.warehouse());
        product.put("currency", sale.content().currency());
        product.put("quantity", signed(line.quantity(), isReturn));
        product.put("price", number(line.price()));
        product.put("sum", signed(line.sum(), isReturn));
        return product;
    }

    /** Cash is less its change; a debt is no payment: the unpaid rest is the debt. */
    private static List<Map<String, Object>> payments(CompletedSale sale, boolean isReturn) {
        List<Map<String, Object>> payments = new ArrayList<>();
        BigDecimal change = sale.completion().change();
        for (Payment paid : sale.completion().payments()) {
            if (paid.kind() == Means.DEBT) {
                continue;
            }
            BigDecimal amount = paid.amount();
            if (paid.kind() == Means.CASH && change.signum() > 0) {
                BigDecimal rate = sale.content().rate();
                BigDecimal inSale = SaleArithmetic.converted(amount, paid.rate(), rate);
                BigDecimal back = change.min(inSale);
                change = change.subtract(back);
                amount = amount.subtract(SaleArithmetic.converted(back, rate, paid.rate()));
            }
            Map<String, Object> payment = new LinkedHashMap<>();
            payment.put("cash", paid.cashDesk());
            payment.put("currency", paid.currency());
            payment.put("sum", signed(amount, isReturn));
            payments.add(payment);
        }
        return payments;
    }

    private static JsonNode signed(BigDecimal amount, boolean isReturn) {
        return number(isReturn ? amount.negate() : amount);
    }

    private static JsonNode number(BigDecimal amount) {
        return com.fasterxml.jackson.databind.node.DecimalNode.valueOf(amount);
    }
}

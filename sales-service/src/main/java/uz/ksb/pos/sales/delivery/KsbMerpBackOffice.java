package uz.ksb.pos.sales.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import uz.ksb.pos.sales.customer.CustomerView;
import uz.ksb.pos.sales.sale.domain.CompletedSale;

/** KSB-MERP, a 1C base: its method {@code create_sales}. */
@ApplicationScoped
class KsbMerpBackOffice implements BackOffice {
    private static final int MAX_REASON_LENGTH = 500;
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(10);

    private final BackOfficeConfig config;
    private final ObjectMapper json;
    private final AlreadyThere alreadyThere;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    KsbMerpBackOffice(BackOfficeConfig config, ObjectMapper json) {
        this.config = config;
        this.json = json;
        this.alreadyThere = new AlreadyThere(config.alreadyThere(), config.alreadyThereStatuses());
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
        HttpRequest ping = call("ping", next).timeout(PING_TIMEOUT).GET().build();
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
                    sales.stream()
                            .map(sale -> CreateSalesDocument.of(sale, newCustomers))
                            .toList()));
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
        rows.forEach(
                row -> document(row).ifPresent(id -> answer(row, id).ifPresent(answer -> answers.put(id, answer))));
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
    private Optional<Answer> answer(JsonNode row, UUID document) {
        String status = row.path("status").asText();
        String message = row.path("message").asText("");
        if (status.equals("successfully")) {
            return Optional.of(new Answer.Accepted(row.path("processed").asBoolean(false)));
        }
        if (alreadyThere.says(status, message, document)) {
            return Optional.of(new Answer.Accepted(row.path("processed").asBoolean(true)));
        }
        return status.equals("error") ? Optional.of(refusal(message)) : Optional.empty();
    }

    private static Answer refusal(String message) {
        String reason = message.isBlank() ? "the back office gives no reason" : message;
        return new Answer.Refused(reason.substring(0, Math.min(reason.length(), MAX_REASON_LENGTH)));
    }

    private <T> Optional<T> setting(String ksbId, Function<BackOfficeConfig.Own, Optional<T>> own, Optional<T> common) {
        return Optional.ofNullable(config.enterprise().get(ksbId)).flatMap(own).or(() -> common);
    }
}

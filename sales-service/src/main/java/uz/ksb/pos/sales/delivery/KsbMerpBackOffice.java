package uz.ksb.pos.sales.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure;
import uz.ksb.pos.platform.ksbmerp.Call;
import uz.ksb.pos.platform.ksbmerp.KsbMerp;
import uz.ksb.pos.platform.ksbmerp.Vocabulary;
import uz.ksb.pos.sales.customer.CustomerView;
import uz.ksb.pos.sales.sale.domain.CompletedSale;

/** KSB-MERP: its method {@code create_sales}. */
@ApplicationScoped
class KsbMerpBackOffice implements BackOffice {
    private static final int MAX_REASON_LENGTH = 500;
    /** A person waits for it. */
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);
    /** No till asks. */
    private static final String CHECKING_DEVICE = "00000000-0000-0000-0000-000000000000";

    private static final Duration PING_TIMEOUT = Duration.ofSeconds(10);

    private final KsbMerp merp;
    private final BackOfficeConfig config;
    private final AlreadyThere alreadyThere;

    KsbMerpBackOffice(KsbMerp merp, BackOfficeConfig config) {
        this.merp = merp;
        this.config = config;
        this.alreadyThere = new AlreadyThere(config.alreadyThere(), config.alreadyThereStatuses());
    }

    @Override
    public boolean isConfigured() {
        return merp.isConfigured();
    }

    @Override
    public boolean isConfigured(String ksbId) {
        return merp.isConfigured(ksbId);
    }

    @Override
    public Optional<Set<String>> enterprises() {
        return merp.enterprises();
    }

    @Override
    public boolean takesReturns(String ksbId) {
        return Optional.ofNullable(config.enterprise().get(ksbId))
                        .flatMap(BackOfficeConfig.Enterprise::returns)
                        .orElse(config.returns())
                == BackOfficeConfig.Returns.NEGATIVE_SALE;
    }

    @Override
    public Uni<Map<UUID, Answer>> send(List<CompletedSale> sales, List<CustomerView> newCustomers) {
        List<Map<String, Object>> documents = sales.stream()
                .map(sale -> CreateSalesDocument.of(sale, newCustomers))
                .toList();
        return merp.post(call("create_sales", sales.getFirst(), config.timeout()), Map.of("sales", documents))
                .map(this::answers);
    }

    @Override
    public Uni<Optional<List<Present>>> present(String ksbId, Collection<UUID> documents) {
        Optional<String> method = Optional.ofNullable(config.enterprise().get(ksbId))
                .flatMap(BackOfficeConfig.Enterprise::checkMethod)
                .or(config::checkMethod)
                .filter(name -> merp.isConfigured(ksbId));
        return method.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : merp.post(
                                new Call(ksbId, CHECKING_DEVICE, method.get(), CHECK_TIMEOUT),
                                Map.of("documents", documents))
                        .map(answer -> Optional.of(present(answer)));
    }

    private static List<Present> present(JsonNode answer) {
        JsonNode rows = answer.path("documents");
        if (!rows.isArray()) {
            throw new BackOfficeFailure("the back office's answer has no documents");
        }
        List<Present> present = new ArrayList<>();
        rows.forEach(row -> document(row).ifPresent(id -> present.add(new Present(id, sum(row.path("sum"))))));
        return present;
    }

    /** A sum of another form is none: it proves nothing. */
    private static BigDecimal sum(JsonNode sum) {
        boolean isPlain = sum.isNumber() || sum.asText().matches("-?\\d{1,18}(\\.\\d{1,6})?");
        return isPlain && sum.asText().length() <= 30 ? new BigDecimal(sum.asText()) : null;
    }

    @Override
    public Uni<Void> ping(CompletedSale next) {
        return merp.ping(call("ping", next, PING_TIMEOUT));
    }

    private static Call call(String method, CompletedSale sale, Duration timeout) {
        return new Call(sale.ksbId(), sale.origin().deviceId(), method, timeout);
    }

    private Map<UUID, Answer> answers(JsonNode response) {
        JsonNode rows = response.path("answer");
        if (!rows.isArray()) {
            throw new BackOfficeFailure("the back office's answer has no rows");
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
        if (status.equals(Vocabulary.SUCCESSFULLY)) {
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
}

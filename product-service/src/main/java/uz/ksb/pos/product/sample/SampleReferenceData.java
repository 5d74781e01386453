package uz.ksb.pos.product.sample;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import uz.ksb.pos.platform.database.AtStartup;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.product.rate.CurrencyRates;
import uz.ksb.pos.product.rate.NewRate;
import uz.ksb.pos.product.reference.ReferenceData;
import uz.ksb.pos.product.reference.ReferenceItem;
import uz.ksb.pos.product.reference.ReferenceKind;

/** Runs before the first request, so that products can be sent at once. */
@ApplicationScoped
class SampleReferenceData {
    /** Older than any rate that somebody sets. */
    private static final OffsetDateTime LONG_AGO = OffsetDateTime.parse("2024-01-01T00:00:00+05:00");

    private static final ReferenceItem UZS = ReferenceItem.named("UZS", "O'zbek so'mi");
    private static final ReferenceItem USD = ReferenceItem.named("USD", "AQSH dollari");
    private static final ReferenceItem GBP = ReferenceItem.named("GBP", "Funt sterling");

    private final Outbox outbox;
    private final ReferenceData references;
    private final CurrencyRates rates;

    SampleReferenceData(Outbox outbox, ReferenceData references, CurrencyRates rates) {
        this.outbox = outbox;
        this.references = references;
        this.rates = rates;
    }

    void create(
            @Observes @Priority(10) StartupEvent starting,
            @ConfigProperty(name = "pos.sample.data", defaultValue = "false") boolean wanted) {
        if (wanted) {
            AtStartup.await(shop("10000001", List.of(UZS, USD), List.of(rate("USD", "12650")))
                    .chain(() -> shop(
                            "10000002",
                            List.of(GBP, UZS, USD),
                            List.of(rate("USD", "0.79"), rate("UZS", "0.000062")))));
        }
    }

    private Uni<Integer> shop(String ksbId, List<ReferenceItem> currencies, List<NewRate> current) {
        return outbox.inTransaction(connection -> store(
                        connection,
                        ksbId,
                        ReferenceKind.UNITS,
                        List.of(
                                ReferenceItem.named("dona", "Dona"),
                                ReferenceItem.named("kg", "Kilogramm"),
                                ReferenceItem.named("litr", "Litr")))
                .chain(() -> store(
                        connection,
                        ksbId,
                        ReferenceKind.WAREHOUSES,
                        List.of(
                                ReferenceItem.named("asosiy", "Asosiy ombor"),
                                ReferenceItem.named("ombor-2", "2-ombor"))))
                .chain(() -> store(
                        connection,
                        ksbId,
                        ReferenceKind.PRICE_TYPES,
                        List.of(
                                ReferenceItem.named("chakana", "Chakana narx"),
                                ReferenceItem.named("ulgurji", "Ulgurji narx"))))
                .chain(() -> store(
                        connection,
                        ksbId,
                        ReferenceKind.CASH_DESKS,
                        List.of(
                                ReferenceItem.cashDesk("naqd", "Naqd kassa", "CASH"),
                                ReferenceItem.cashDesk("terminal", "Terminal", "CARD"))))
                .chain(() -> store(connection, ksbId, ReferenceKind.CURRENCIES, currencies))
                .chain(() -> rates.set(connection, ksbId, current)));
    }

    private Uni<Integer> store(SqlConnection connection, String ksbId, ReferenceKind kind, List<ReferenceItem> items) {
        return references.store(connection, ksbId, kind, items);
    }

    private static NewRate rate(String currency, String rate) {
        return new NewRate(currency, new BigDecimal(rate), LONG_AGO, "sample");
    }
}

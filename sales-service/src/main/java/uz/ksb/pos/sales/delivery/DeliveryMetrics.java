package uz.ksb.pos.sales.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import uz.ksb.pos.sales.sale.store.UndeliveredSales;

/**
 * The metrics of the delivery. {@code pos.delivery.age.max.seconds}: how long the next sale of an enterprise has waited, the longest of
 * all; {@code pos.delivery.waiting.enterprises}: how many wait for more than {@value #LATE_SECONDS} s;
 * {@code pos.delivery.age.seconds} by {@code ksb_id}: the {@value #MAX_NAMED} of them that wait longest. With 100,000
 * enterprises a series each would cost the monitoring more than it tells, and those that wait for nothing need none.
 * {@code pos.delivery.sales} by {@code outcome} counts the answers.
 */
@ApplicationScoped
class DeliveryMetrics {
    static final int MAX_NAMED = 20;
    static final int LATE_SECONDS = 60;

    private final BackOffice backOffice;
    private final UndeliveredSales undelivered;
    private final MultiGauge named;
    private final Counter accepted;
    private final Counter refused;
    private final Counter unanswered;
    private volatile double longest;
    private volatile int late;

    DeliveryMetrics(BackOffice backOffice, UndeliveredSales undelivered, MeterRegistry metrics) {
        this.backOffice = backOffice;
        this.undelivered = undelivered;
        this.named = MultiGauge.builder("pos.delivery.age.seconds")
                .description("How long the next sale has waited, of the enterprises that wait longest")
                .register(metrics);
        this.accepted = sales("accepted", metrics);
        this.refused = sales("refused", metrics);
        this.unanswered = sales("unanswered", metrics);
        Gauge.builder("pos.delivery.age.max.seconds", this, delivery -> delivery.longest)
                .description("How long the next sale of any enterprise has waited for its back office")
                .register(metrics);
        Gauge.builder("pos.delivery.waiting.enterprises", this, delivery -> delivery.late)
                .description("Enterprises whose next sale has waited for more than " + LATE_SECONDS + " s")
                .register(metrics);
    }

    private static Counter sales(String outcome, MeterRegistry metrics) {
        return Counter.builder("pos.delivery.sales")
                .description("Sales that were sent to a back office")
                .tag("outcome", outcome)
                .register(metrics);
    }

    /** @param answer null: it leaves the sale out */
    void answered(BackOffice.Answer answer) {
        switch (answer) {
            case null -> unanswered.increment();
            case BackOffice.Answer.Accepted yes -> accepted.increment();
            case BackOffice.Answer.Refused no -> refused.increment();
        }
    }

    void unanswered(int sales) {
        unanswered.increment(sales);
    }

    @Scheduled(every = "15s", delayed = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        return undelivered
                .longestWaits(backOffice.enterprises(), Duration.ofSeconds(LATE_SECONDS), MAX_NAMED)
                .invoke(this::note)
                .replaceWithVoid();
    }

    private void note(UndeliveredSales.Waits waits) {
        longest = waits.longest().values().stream()
                .findFirst()
                .map(age -> Math.max(0, age))
                .orElse(0.0);
        late = waits.late();
        named.register(
                waits.longest().entrySet().stream()
                        .filter(age -> age.getValue() > LATE_SECONDS)
                        .map(age -> MultiGauge.Row.of(Tags.of("ksb_id", age.getKey()), age.getValue()))
                        .toList(),
                true);
    }
}

package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TopicReader;

/** kill -9 of parts while tills are selling: nothing is lost, nothing is doubled, every event is told. */
@ExtendWith(SharedSystem.class)
class KillInTheMiddleTest {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Duration TOLD_LIMIT = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunningSystem system;

    @TempDir
    Path temporary;

    KillInTheMiddleTest(RunningSystem system) {
        this.system = system;
    }

    @Test
    void salesServiceThenKafkaThenPostgresAreKilledDuringOneReplay() throws InterruptedException {
        int invoices = 2_400;
        SmallShop shop = SmallShop.in(temporary.resolve("shop"), LocalDate.parse("2014-04-07"), 4, invoices);

        PosCommand replay = system.replay(shop.folder());
        for (String part : new String[] {"sales-service", "Kafka", "PostgreSQL"}) {
            awaitQuarterAfter(replay, part);
            system.kill(part);
        }

        assertThat(replay.exit(LIMIT)).as(replay::output).isZero();
        assertThat(replay.output()).contains("All totals are equal.");
        within(TOLD_LIMIT, () -> assertThat(completedOn(shop)).hasSize(shop.sales() + shop.returns()));
    }

    /** The replay prints a line per quarter of the sales: one kill after each of the first three. */
    private static void awaitQuarterAfter(PosCommand replay, String part) throws InterruptedException {
        int quarter =
                switch (part) {
                    case "sales-service" -> 1;
                    case "Kafka" -> 2;
                    default -> 3;
                };
        long end = System.nanoTime() + LIMIT.toNanos();
        while (replay.output()
                        .lines()
                        .filter(line -> line.matches("sales +\\d+ of \\d+"))
                        .count()
                < quarter) {
            assertThat(replay.process().isAlive()).as(replay::output).isTrue();
            assertThat(System.nanoTime()).as(replay::output).isLessThan(end);
            Thread.sleep(10);
        }
    }

    /** The sales of the shop's days of which the topic tells that they are completed. */
    private Set<String> completedOn(SmallShop shop) {
        Set<String> days = shop.days().stream().map(LocalDate::toString).collect(Collectors.toSet());
        return TopicReader.all(system.kafka(), Topics.SALES).stream()
                .filter(published -> published.event().type().equals("sale.completed"))
                .filter(published -> days.contains(businessDate(published.data())))
                .map(published -> published.event().subject())
                .collect(Collectors.toSet());
    }

    private static String businessDate(String sale) {
        try {
            return JSON.readTree(sale).path("businessDate").asText();
        } catch (JsonProcessingException e) {
            throw new AssertionError("an event that is no JSON: " + sale, e);
        }
    }
}

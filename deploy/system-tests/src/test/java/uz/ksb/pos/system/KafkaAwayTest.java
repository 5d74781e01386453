package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.till.Api;
import uz.ksb.pos.till.LiveTill;

/** A minute without Kafka: tills go on selling, live tills stay, are told that it is old, and then hear everything. */
@Tag("long")
@ExtendWith(SharedSystem.class)
class KafkaAwayTest {

    private static final String KSB_ID = "10000002";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** The time after which a screen must show that it is old. */
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(30);

    private static final int AWAY_SECONDS = 60;
    private static final int SECONDS_BETWEEN_SALES = 5;
    /** All of one device. */
    private static final int TILLS = 10;

    private final RunningSystem system;

    KafkaAwayTest(RunningSystem system) {
        this.system = system;
    }

    @Test
    void liveTillsStayAreToldAndThenHearEverythingOnceInOrder() throws Exception {
        Api.Login seller = system.api().loggedIn(KSB_ID, "kassir");
        List<LiveTill> tills = new ArrayList<>();
        try {
            for (int till = 0; till < TILLS; till++) {
                tills.add(new LiveTill(system.portBase(), seller.token(), "sales"));
            }
            List<String> sold = new ArrayList<>(List.of(sell(seller)));
            tills.forEach(till -> till.awaitEvent("sale.completed", data -> true));
            system.freeze("Kafka");
            long frozen = System.nanoTime();
            try {
                within(TOLD_WITHIN, () -> assertThat(tills).allMatch(KafkaAwayTest::wasToldOfOldness));
                while (secondsSince(frozen) < AWAY_SECONDS) {
                    sold.add(sell(seller));
                    long next = secondsSince(frozen) + SECONDS_BETWEEN_SALES;
                    within(LIMIT, () -> assertThat(secondsSince(frozen)).isGreaterThanOrEqualTo(next));
                }
                tills.forEach(till -> till.say("{\"op\":\"ping\"}"));
                within(LIMIT, () -> assertThat(tills)
                        .allMatch(till -> secondsBehind(till) > AWAY_SECONDS - SECONDS_BETWEEN_SALES));
                assertThat(tills).noneMatch(LiveTill::isClosed);
            } finally {
                system.goOn("Kafka");
            }
            within(LIMIT, () -> assertThat(tills)
                    .allMatch(till -> completed(till).size() >= sold.size() && secondsBehind(till) == 0));
            for (LiveTill till : tills) {
                assertThat(till.isClosed()).isFalse();
                assertThat(completed(till)).containsExactlyInAnyOrderElementsOf(sold);
                List<String> heard = ids(till);
                assertThat(Collections.indexOfSubList(log(), heard)).isNotNegative();
            }
        } finally {
            tills.forEach(LiveTill::close);
        }
    }

    private static long secondsSince(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime).toSeconds();
    }

    private static boolean wasToldOfOldness(LiveTill till) {
        return till.heard().stream()
                .anyMatch(frame -> frame.path("type").asText().equals("/problems/behind"));
    }

    /** As the last pong says; -1 without any. */
    private static int secondsBehind(LiveTill till) {
        return till.heard().stream()
                .filter(frame -> frame.path("op").asText().equals("pong"))
                .reduce((one, later) -> later)
                .map(pong -> pong.path("behind").asInt(0))
                .orElse(-1);
    }

    private static List<JsonNode> events(LiveTill till) {
        return till.heard().stream()
                .filter(frame -> frame.path("op").asText().equals("event"))
                .toList();
    }

    private static List<String> ids(LiveTill till) {
        return events(till).stream().map(event -> event.path("id").asText()).toList();
    }

    private static List<String> completed(LiveTill till) {
        return events(till).stream()
                .filter(event -> event.path("type").asText().equals("sale.completed"))
                .map(event -> event.path("data").path("id").asText())
                .toList();
    }

    /** The ids of the enterprise's events in the order of the log, each once. */
    private List<String> log() {
        return TopicReader.all(system.kafka(), Topics.SALES).stream()
                .filter(published -> published.event().ksbId().equals(KSB_ID))
                .map(published -> published.event().id().toString())
                .distinct()
                .toList();
    }

    private String sell(Api.Login till) {
        FinishedSale sale = FinishedSale.now("UZS", "kafka-away", "12.50");
        Api.Answer answer = system.api().post("/api/sales/batch", till.token(), List.of(sale.document()));
        assertThat(answer.status()).as(answer::body).isEqualTo(200);
        return sale.id();
    }
}

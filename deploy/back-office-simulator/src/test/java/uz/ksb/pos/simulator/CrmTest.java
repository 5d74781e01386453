package uz.ksb.pos.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.simulator.Simulator.SHOP;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrmTest extends SimulatorTest {

    private static final String EVENT =
            "{\"specversion\":\"1.0\",\"type\":\"sync.completed\",\"ksbid\":\"10000001\",\"data\":{\"products\":300}}";

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    @Test
    void repeatedRequestsAreKeptAndCountAsOne() throws IOException {
        for (int time = 0; time < 3; time++) {
            assertThat(simulator.send(simulator.crm("w1", now(), EVENT)).statusCode())
                    .isEqualTo(200);
        }

        JsonNode crm = simulator.inspect("crm?ksb_id=" + SHOP);

        assertThat(crm.path("count").asInt()).isEqualTo(1);
        assertThat(crm.path("repeated").asInt()).isEqualTo(2);
        assertThat(crm.path("requests")).hasSize(3);
        assertThat(crm.at("/requests/0/event/data/products").asInt()).isEqualTo(300);
        assertThat(simulator.inspect("crm?ksb_id=10000002").path("requests")).isEmpty();
    }

    @Test
    void aBadOrOldSignatureIsRefusedAndKeptAsRefused() throws IOException {
        assertThat(simulator
                        .send(simulator.crm("w1", now(), EVENT).setHeader("webhook-id", "w2"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(simulator.send(simulator.crm("w3", now() - 600, EVENT)).statusCode())
                .isEqualTo(401);
        assertThat(simulator
                        .send(simulator.request("/crm/sync-completed").POST(BodyPublishers.ofString("no json")))
                        .statusCode())
                .isEqualTo(401);

        JsonNode crm = simulator.inspect("crm");
        assertThat(crm.path("count").asInt()).isZero();
        assertThat(crm.path("refused").asInt()).isEqualTo(3);
    }

    @Test
    void theToleranceIsASettingAndTheClockMayBeMoved(@TempDir Path other) throws Exception {
        try (Simulator patient =
                Simulator.start(other, Map.of("SIMULATOR_CRM_TOLERANCE", "PT1H", "POS_CLOCK_OFFSET", "PT49H"))) {
            long there = now() + 49 * 3600;
            assertThat(patient.send(patient.crm("w1", there - 3000, EVENT)).statusCode())
                    .isEqualTo(200);
            assertThat(patient.send(patient.crm("w2", now(), EVENT)).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void theLicenceIsToldAndRunsOut(@TempDir Path other) throws Exception {
        JsonNode info = Simulator.json(simulator.send(simulator.request("/ksb-info/" + SHOP)));

        assertThat(info.path("status").asText()).isEqualTo("active");
        assertThat(info.path("licenceUntil").asText()).isEqualTo("2030-12-31");
        assertThat(simulator.send(simulator.request("/ksb-info/12345678")).statusCode())
                .isEqualTo(404);
        try (Simulator later = Simulator.start(other, Map.of("POS_CLOCK_OFFSET", "P36500D"))) {
            assertThat(Simulator.json(later.send(later.request("/ksb-info/" + SHOP)))
                            .path("status")
                            .asText())
                    .isEqualTo("expired");
        }
    }
}

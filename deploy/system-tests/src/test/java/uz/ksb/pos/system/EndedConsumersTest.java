package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service whose consumers cannot be made is not one that answers and hears of nothing: it ends, to be started again. */
@ExtendWith(SharedSystem.class)
class EndedConsumersTest {
    private final RunningSystem system;

    EndedConsumersTest(RunningSystem system) {
        this.system = system;
    }

    @ParameterizedTest
    @ValueSource(strings = {"settings-service", "product-service", "sales-service", "sync-service"})
    void aServiceThatCannotHearOfAnythingEnds(String service) throws IOException, InterruptedException {
        try (Replica deaf = Replica.started(
                system,
                service,
                Map.of(
                        "KAFKA_SECURITY_PROTOCOL",
                        "SSL",
                        "KAFKA_SSL_TRUSTSTORE_LOCATION",
                        "/nowhere/authorities.p12"))) {
            assertThat(deaf.ending()).isEqualTo(1);
        }
    }
}

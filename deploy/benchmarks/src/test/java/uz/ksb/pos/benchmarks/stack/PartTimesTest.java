package uz.ksb.pos.benchmarks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PartTimesTest {
    @Test
    void countsTheTimeOfSessionsThatAreClosed() {
        assertThat(PartTimes.ofEnded("17 (a (b) c) S 1 17 17 0 -1 4194560 9 8 0 0 100 50 1234 66 20 0 1 0 5 6 7"))
                .isEqualTo(Duration.ofSeconds(13));
    }

    @Test
    void namesThePartOfACommandLine() {
        assertThat(PartTimes.partOf("postgres: sales [local] idle")).isEqualTo(PartTimes.POSTGRESQL);
        assertThat(PartTimes.partOf("java -cp a.jar:b.jar uz.ksb.pos.platform.embedded.EmbeddedKafka 1"))
                .isEqualTo("Kafka");
        assertThat(PartTimes.partOf("java -jar sales-service/target/quarkus-app/quarkus-run.jar"))
                .isEqualTo("sales-service");
    }
}

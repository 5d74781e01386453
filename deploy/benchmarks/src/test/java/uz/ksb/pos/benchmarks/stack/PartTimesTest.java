package uz.ksb.pos.benchmarks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PartTimesTest {
    @Test
    void countsTheTimeOfSessionsThatAreClosed() {
        assertThat(PartTimes.ofEnded("17 (a (b) c) S 1 17 17 0 -1 4194560 9 8 0 0 100 50 1234 66 20 0 1 0 5 6 7"))
                .isEqualTo(Duration.ofSeconds(13));
    }

    @Test
    void tellsASessionThatNobodyHasWaitedForYet() {
        assertThat(PartTimes.hasEnded("18 (postgres) Z 17 18 18 0 -1 4194560 9 8 0 0 100 50 0 0 20 0 1 0 5 6 7"))
                .isTrue();
        assertThat(PartTimes.hasEnded("18 (postgres) S 17 18 18 0 -1 4194560 9 8 0 0 100 50 0 0 20 0 1 0 5 6 7"))
                .isFalse();
    }

    /** None is lost, and none is counted twice. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void losesNoTimeOfProcessesThatEndMeanwhile() throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("bash", "-c", """
                for ((n = 0; n < 20; n++)); do (for ((i = 0; i < 100000; i++)); do :; done); done; echo done; read""").start();
        Duration last = Duration.ZERO;
        try (BufferedReader out = shell.inputReader()) {
            while (!out.ready()) {
                Duration total = PartTimes.of(() -> Stream.concat(
                                Stream.of(shell.toHandle()), shell.toHandle().descendants()))
                        .total();
                assertThat(total).isGreaterThanOrEqualTo(last);
                last = total;
            }
        } finally {
            shell.destroy();
            shell.waitFor();
        }
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

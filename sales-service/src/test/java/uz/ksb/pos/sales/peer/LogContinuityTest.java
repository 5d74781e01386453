package uz.ksb.pos.sales.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class LogContinuityTest {
    private final LogContinuity log = new LogContinuity();

    @Test
    void messagesThatAreMissingAreNoticed() {
        assertThat(log.follows(message(0, 5))).isTrue();
        assertThat(log.follows(message(0, 6))).isTrue();
        assertThat(log.follows(message(1, 9))).isTrue();
        assertThat(log.follows(message(0, 8))).isFalse();
        assertThat(log.follows(message(0, 9))).isTrue();
    }

    @Test
    void aLogThatWasMadeAnewIsNoticed() {
        assertThat(log.follows(message(0, 5))).isTrue();
        assertThat(log.follows(message(0, 0))).isFalse();
        assertThat(log.follows(message(0, 1))).isTrue();
    }

    private static ConsumerRecord<String, String> message(int partition, long offset) {
        return new ConsumerRecord<>("topic", partition, offset, "key", "value");
    }
}

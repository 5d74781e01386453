package uz.ksb.pos.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uz.ksb.pos.platform.testing.Eventually.eventually;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TestInfrastructure;

class EmbeddedKafkaTest {
    @TempDir
    Path folder;

    @Test
    void aTopicThatIsGoneIsAnAlarmAndNotCreatedAnew() throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder, TestInfrastructure.freePort(), TestInfrastructure.freePort());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            kafka.createTopics(1);
            assertThatCode(() -> kafka.createTopics(1)).doesNotThrowAnyException();
            admin.deleteTopics(List.of(Topics.SALES)).all().get(30, TimeUnit.SECONDS);
            eventually(() -> assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS))
                    .doesNotContain(Topics.SALES));

            assertThatThrownBy(() -> kafka.createTopics(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(Topics.SALES)
                    .hasMessageContaining("are gone");
        } finally {
            kafka.stop();
        }
    }

    @Test
    void kafkaDoesNotStartOnADiskThatIsAlmostFull() {
        assertThatThrownBy(() -> EmbeddedKafka.requireSpace(folder, Long.MAX_VALUE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("MB are free");
    }
}

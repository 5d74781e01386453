package uz.ksb.pos.local.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.ksb.pos.platform.embedded.EmbeddedKafka;
import uz.ksb.pos.platform.event.Topics;

class LostTopicsTest {
    @TempDir
    Path folder;

    @Test
    void aTopicThatWasThereAndIsMissingIsLost() throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder, freePort(), freePort());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThat(kafka.lostTopics()).as("a new folder").isEmpty();
            kafka.createTopics(Topics.LOCAL_PARTITIONS);
            assertThat(kafka.lostTopics()).isEmpty();

            admin.deleteTopics(List.of(Topics.SALES)).all().get(10, TimeUnit.SECONDS);

            assertThat(kafka.lostTopics()).containsExactly(Topics.SALES);
        } finally {
            kafka.stop();
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

package uz.ksb.pos.gateway.log;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;

/**
 * Notices a topic that is deleted and made anew while this node reads: a consumer goes on in the new one at the old offset
 * and leaves out what stands before. On the reader's thread.
 */
final class TopicWatch {
    private static final long EVERY_NANOS = 1_000_000_000L;
    private static final int ANSWER_MILLIS = 5_000;

    private final Admin admin;
    private final Map<String, Uuid> ids;
    private long nextQuestion = System.nanoTime();
    private volatile boolean asked;
    private volatile boolean changed;

    TopicWatch(Admin admin, Map<String, Uuid> ids) {
        this.admin = admin;
        this.ids = ids;
    }

    /** @throws KafkaException when a topic is another one; noticed within about a second */
    void requireTheSame() {
        if (changed) {
            throw new KafkaException("a topic was made anew");
        }
        if (!asked && System.nanoTime() - nextQuestion >= 0) {
            asked = true;
            nextQuestion = System.nanoTime() + EVERY_NANOS;
            CompletionStage<Void> unusedAnswer = admin.describeTopics(
                            ids.keySet(), new DescribeTopicsOptions().timeoutMs(ANSWER_MILLIS))
                    .allTopicNames()
                    .toCompletionStage()
                    .handle((topics, failure) -> {
                        changed |= failure == null && !LogWindow.ids(topics).equals(ids);
                        asked = false;
                        return null;
                    });
        }
    }
}

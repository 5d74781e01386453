package uz.ksb.pos.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.TestInfrastructure.execute;
import static uz.ksb.pos.platform.testing.TestInfrastructure.query;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.arc.Unremovable;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.PlatformProfile;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TestInfrastructure;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.platform.testing.TopicReader.Published;

/** An event that is sent again stays one trace: no copy of it leads to a span that nobody has, and none is told twice. */
@QuarkusTest
@TestProfile(PublishSpansTest.Traced.class)
class PublishSpansTest {
    private static final String REQUEST = "b7ad6b7169203331";

    @Inject
    Outbox outbox;

    @Inject
    EndedSpans spans;

    @Test
    void anEventWhoseSendingFailsOnceHasOneSpan() throws SQLException {
        String document = UUID.randomUUID().toString();
        String trace = newTrace();
        try (Connection connection = TestInfrastructure.database()) {
            connection.setAutoCommit(false);
            insert(connection, document, trace, "{}");
            // The one before it goes out, and then the sending of the two has failed.
            insert(connection, "too large", null, "\"" + "x".repeat(Topics.MAX_MESSAGE_BYTES) + "\"");
            connection.commit();
        }
        outbox.wake();
        eventually(() -> assertThat(published(document)).hasSizeGreaterThan(1));
        assertThat(spans.of(trace)).isEmpty();

        execute("delete from outbox where subject = 'too large'");

        eventually(() -> assertThat(spans.of(trace)).hasSize(1));
        SpanData span = spans.of(trace).getFirst();
        assertThat(span.getName()).isEqualTo("pos.sales.v1 publish");
        assertThat(span.getParentSpanId()).isEqualTo(REQUEST);
        assertThat(span.getEndEpochNanos()).isGreaterThan(span.getStartEpochNanos());
        assertThat(published(document))
                .allSatisfy(
                        copy -> assertThat(copy.event().traceParent()).isEqualTo(traceParent(trace, span.getSpanId())));
        eventually(() -> assertThat((long) query("select count(*) from outbox")).isZero());
        assertThat(spans.of(trace)).hasSize(1);
    }

    @Test
    void eventsOfARelayThatLosesItsSessionHaveOneSpanEach() throws SQLException {
        String document = UUID.randomUUID().toString();
        String trace = newTrace();
        int events = 300;
        try (Connection connection = TestInfrastructure.database()) {
            for (int i = 0; i < events; i++) {
                insert(connection, document, trace, "{}");
                outbox.wake();
                if (i % 30 == 15) {
                    execute("select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where application_name like '%outbox relay'");
                }
            }
        }

        eventually(() -> assertThat((long) query("select count(*) from outbox")).isZero());
        eventually(() -> assertThat(spans.of(trace)).hasSize(events));
        Map<String, String> spanOfEvent = new HashMap<>();
        for (SpanData span : spans.of(trace)) {
            assertThat(spanOfEvent.put(span.getAttributes().get(EndedSpans.EVENT_ID), span.getSpanId()))
                    .isNull();
        }
        assertThat(published(document)).hasSizeGreaterThanOrEqualTo(events).allSatisfy(copy -> assertThat(
                        copy.event().traceParent())
                .isEqualTo(traceParent(trace, spanOfEvent.get(copy.event().id().toString()))));
    }

    /** The first is killed, and nobody has heard of its span; or it is frozen, and hears that another has sent the event. */
    @Test
    void anEventThatTwoProcessesSendHasOneSpan() {
        String trace = newTrace();
        CloudEvent event = new CloudEvent(
                Ids.next(), "document.changed", "test", Instant.now(), "x", "10000001", traceParent(trace, REQUEST));
        PublishSpans killed = new PublishSpans();
        PublishSpans other = new PublishSpans();

        CloudEvent first = killed.traced(Topics.SALES, event);
        CloudEvent second = other.traced(Topics.SALES, event);
        other.acknowledged();
        other.left(List.of());
        killed.left(List.of());

        assertThat(second).isEqualTo(first);
        assertThat(spans.of(trace)).singleElement().satisfies(span -> assertThat(first.traceParent())
                .isEqualTo(traceParent(trace, span.getSpanId())));
    }

    private static void insert(Connection connection, String document, String trace, String data) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into outbox (event_id, topic, type, ksb_id, subject, time, trace_parent, data)
                values (gen_random_uuid(), ?, 'document.changed', '10000001', ?, now(), ?, ?)""")) {
            insert.setString(1, Topics.SALES);
            insert.setString(2, document);
            insert.setString(3, trace == null ? null : traceParent(trace, REQUEST));
            insert.setString(4, data);
            insert.executeUpdate();
        }
    }

    private static String newTrace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static String traceParent(String trace, String span) {
        return "00-" + trace + "-" + span + "-01";
    }

    private static List<Published> published(String document) {
        return TopicReader.all(Topics.SALES, one -> document.equals(one.event().subject()));
    }

    /** Spans are made, and go nowhere. */
    public static class Traced extends PlatformProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("quarkus.otel.sdk.disabled", "false");
            settings.put("quarkus.otel.traces.exporter", "none");
            return settings;
        }
    }

    /** The spans that a collector would be sent. */
    @Singleton
    @Unremovable
    public static class EndedSpans implements SpanProcessor {
        static final AttributeKey<String> EVENT_ID = AttributeKey.stringKey("messaging.message.id");

        private final Queue<SpanData> spans = new ConcurrentLinkedQueue<>();

        List<SpanData> of(String trace) {
            return spans.stream()
                    .filter(span -> span.getTraceId().equals(trace))
                    .toList();
        }

        @Override
        public void onEnd(ReadableSpan span) {
            spans.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            // Nothing is to be added.
        }

        @Override
        public boolean isStartRequired() {
            return false;
        }
    }
}

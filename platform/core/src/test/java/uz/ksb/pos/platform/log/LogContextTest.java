package uz.ksb.pos.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.event.CloudEvent;

class LogContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SALE = "0192a7c4-0000-7000-8000-000000000001";

    private final UUID id = UUID.randomUUID();

    @AfterEach
    void clear() {
        MDC.clear();
    }

    private Headers event(String type, String ksbId, String subject) {
        Headers headers = new RecordHeaders();
        new CloudEvent(id, type, "test", Instant.EPOCH, subject, ksbId, "00-" + TRACE + "-00f067aa0ba902b7-01")
                .writeTo(headers);
        return headers;
    }

    @Test
    void aLineCarriesTheIdsOfItsMessage() {
        MDC.put("traceId", "another");
        try (LogContext.Lines lines = LogContext.of(event("sale.completed", "10000001", SALE))) {
            assertThat(lines).isNotNull();
            assertThat(MDC.get("ksbId")).isEqualTo("10000001");
            assertThat(MDC.get("eventId")).isEqualTo(id.toString());
            assertThat(MDC.get("saleId")).isEqualTo(SALE);
            assertThat(MDC.get("traceId")).isEqualTo(TRACE);
        }
        assertThat(MDC.get("ksbId")).isNull();
        assertThat(MDC.get("saleId")).isNull();
        assertThat(MDC.get("traceId")).isEqualTo("another");
    }

    @Test
    void onlyASalesSubjectIsASale() {
        try (LogContext.Lines lines = LogContext.of(event("device.changed", "10000001", SALE))) {
            assertThat(lines).isNotNull();
            assertThat(MDC.get("saleId")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+998901234567",
                "Alisher",
                "10000001\n{\"level\":\"INFO\"}",
                "100000010000000",
                "",
                "1000000\u0661"
            })
    void whatIsNoIdIsLeftOut(String hostile) {
        Headers headers = event("sale.completed", hostile, hostile);
        headers.add("ce_id", hostile.getBytes(StandardCharsets.UTF_8));
        headers.add("traceparent", hostile.getBytes(StandardCharsets.UTF_8));

        try (LogContext.Lines lines = LogContext.of(headers)) {
            assertThat(lines).isNotNull();
            assertThat(MDC.getMap()).isNullOrEmpty();
        }
    }

    @Test
    void aMessageWithoutHeadersHasNoIds() {
        try (LogContext.Lines lines = LogContext.of(new RecordHeaders())) {
            assertThat(lines).isNotNull();
            assertThat(MDC.getMap()).isNullOrEmpty();
        }
    }
}

package uz.ksb.pos.platform.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import org.junit.jupiter.api.Test;

class EventTraceTest {
    private static final String KEPT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void aSampledTraceIsKept() {
        assertThat(EventTrace.isKept(KEPT)).isTrue();
    }

    @Test
    void otherTracesAndGarbageHaveNoSpans() {
        assertThat(EventTrace.isKept(null)).isFalse();
        assertThat(EventTrace.isKept("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"))
                .isFalse();
        assertThat(EventTrace.isKept("00-00000000000000000000000000000000-b7ad6b7169203331-01"))
                .isFalse();
        assertThat(EventTrace.isKept("00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333-001"))
                .isFalse();
        assertThat(EventTrace.isKept(KEPT.replace('a', 'z'))).isFalse();
        assertThat(EventTrace.isKept("x".repeat(55))).isFalse();
        assertThat(EventTrace.isKept("1")).isFalse();
    }

    @Test
    void withoutATraceAnEventHasNone() {
        assertThat(EventTrace.current()).isNull();
        assertThat(EventTrace.parent(Span.getInvalid())).isNull();
    }
}

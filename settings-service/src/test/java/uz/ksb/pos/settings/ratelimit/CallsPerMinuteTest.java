package uz.ksb.pos.settings.ratelimit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.problem.Problem;

class CallsPerMinuteTest {
    private final CallsPerMinute calls = new CallsPerMinute(new RateLimitConfig() {
        @Override
        public int publicPerMinute() {
            return 2;
        }

        @Override
        public Optional<Boolean> loopback() {
            return Optional.empty();
        }
    });

    @Test
    void anAddressThatCallsTooOftenIsRefusedAndNoOther() {
        calls.count("192.0.2.1");
        calls.count("192.0.2.1");

        assertThatThrownBy(() -> calls.count("192.0.2.1")).isInstanceOf(Problem.class);
        assertThatCode(() -> calls.count("192.0.2.2")).doesNotThrowAnyException();
    }
}

package uz.ksb.pos.simulator.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    // The example of the Standard Webhooks reference libraries' own tests.
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long AT = 1614265330;
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static WebhookSignature at(long second) {
        return new WebhookSignature(
                SECRET, Duration.ofMinutes(5), Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC));
    }

    @Test
    void theReferenceExampleIsAccepted() {
        assertThat(at(AT).sign(ID, "" + AT, BODY)).isEqualTo(SIGNATURE);
        assertThat(at(AT).refusal(ID, "" + AT, SIGNATURE, BODY)).isEmpty();
        assertThat(at(AT).refusal(ID, "" + AT, "v1,b2xk v2,x " + SIGNATURE, BODY))
                .isEmpty();
    }

    @Test
    void anythingChangedIsRefused() {
        assertThat(at(AT).refusal("other", "" + AT, SIGNATURE, BODY)).isPresent();
        assertThat(at(AT).refusal(ID, "" + (AT + 1), SIGNATURE, BODY)).isPresent();
        assertThat(at(AT).refusal(ID, "" + AT, SIGNATURE, new byte[] {'x'})).isPresent();
        assertThat(at(AT).refusal(ID, "" + AT, SIGNATURE.replace("v1", "v2"), BODY))
                .isPresent();
        assertThat(at(AT).refusal(ID, "" + AT, "", BODY)).isPresent();
        assertThat(at(AT).refusal(ID, "yesterday", SIGNATURE, BODY)).isPresent();
        assertThat(at(AT).refusal(ID, "" + AT, null, BODY)).isPresent();
    }

    @Test
    void aTimestampOlderOrNewerThanTheToleranceIsRefused() {
        assertThat(at(AT + 300).refusal(ID, "" + AT, SIGNATURE, BODY)).isEmpty();
        assertThat(at(AT + 301).refusal(ID, "" + AT, SIGNATURE, BODY)).isPresent();
        assertThat(at(AT - 301).refusal(ID, "" + AT, SIGNATURE, BODY)).isPresent();
    }

    @Test
    void aSecretWithoutItsPrefixIsRefusedAtOnce() {
        Clock clock = Clock.systemUTC();
        assertThatThrownBy(() -> new WebhookSignature("c2VjcmV0", Duration.ofMinutes(5), clock))
                .hasMessageContaining("whsec_");
    }
}

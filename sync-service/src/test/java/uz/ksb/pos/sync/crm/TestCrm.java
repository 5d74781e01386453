package uz.ksb.pos.sync.crm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where a sender that a test makes sends to. */
record TestCrm(
        Optional<String> url,
        Optional<String> secret,
        Optional<String> licenceUrl,
        Duration timeout,
        List<Duration> pauses)
        implements CrmConfig {
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    static TestCrm at(String url, String secret, List<Duration> pauses) {
        return new TestCrm(Optional.of(url), Optional.of(secret), Optional.empty(), Duration.ofSeconds(10), pauses);
    }

    static TestCrm at(String url, String secret) {
        return at(url, secret, List.of(Duration.ofSeconds(5)));
    }
}

package uz.ksb.pos.platform;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The configuration of platform's own tests. */
public class PlatformProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "pos.http.body-limit.within", "8s",
                "quarkus.application.name", "platform-test",
                "quarkus.flyway.locations", "db/platform,db/platform-test",
                "quarkus.http.test-port", "0",
                "quarkus.http.limits.max-body-size", "16M",
                "pos.http.body-limit.larger.\"/edge/large-orders\"", "4M",
                "pos.http.body-limit.larger-within", "10s",
                "pos.outbox.poll", "60s",
                "pos.outbox.check", "60s",
                "pos.outbox.takeover", "100ms");
    }
}

package uz.ksb.pos.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {
    private static final Map<String, String> CLUSTER = Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", "kafka:9093",
            "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
            "KAFKA_SASL_MECHANISM", "SCRAM-SHA-512",
            "KAFKA_SASL_JAAS_CONFIG", "a login with its password",
            "KAFKA_SSL_TRUSTSTORE_TYPE", "PEM",
            "KAFKA_SSL_TRUSTSTORE_LOCATION", "/etc/kafka/ca.crt",
            "KAFKA_FETCH_MAX_WAIT_MS", "5000");

    private static KafkaConnection of(Map<String, String> environment) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300))
                .build();
        return KafkaConnection.of(config);
    }

    @Test
    void encryptionAndIdentityComeFromTheEnvironment() {
        assertThat(of(CLUSTER).settings())
                .containsOnly(
                        Map.entry("bootstrap.servers", "kafka:9093"),
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("sasl.mechanism", "SCRAM-SHA-512"),
                        Map.entry("sasl.jaas.config", "a login with its password"),
                        Map.entry("ssl.truststore.type", "PEM"),
                        Map.entry("ssl.truststore.location", "/etc/kafka/ca.crt"));
    }

    @Test
    void aClientsOwnSettingsComeBesideThem() {
        assertThat(KafkaConnection.to("a:1").with(Map.of("acks", "all")))
                .containsOnly(Map.entry("bootstrap.servers", "a:1"), Map.entry("acks", "all"));
    }

    @Test
    void aProcessMayHaveNoKafka() {
        assertThat(of(Map.of()).isKnown()).isFalse();
    }

    @Test
    void itsTextShowsNoSecret() {
        assertThat(of(CLUSTER)).asString().doesNotContain("password").contains("sasl.jaas.config");
    }
}

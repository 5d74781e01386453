package uz.ksb.pos.platform.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductionReadinessChecksTest {
    private static final Map<String, String> SAFE = Map.of("quarkus.datasource.password", "k3J9-long-and-random");

    @Test
    void aSafeConfigurationStarts() {
        assertThatCode(() -> check("production", Map.of())).doesNotThrowAnyException();
    }

    @Test
    void everythingUnsafeIsNamedAtOnceWithoutTheSecret() {
        assertThatThrownBy(() -> check(
                        "production",
                        Map.of(
                                "pos.clock.offset",
                                "PT49H",
                                "pos.sample.data",
                                "true",
                                "quarkus.datasource.password",
                                "changeit")))
                .hasMessageContaining("pos.clock.offset")
                .hasMessageContaining("pos.sample.data")
                .hasMessageContaining("quarkus.datasource.password")
                .hasMessageNotContaining("changeit");
    }

    @ParameterizedTest
    @CsvSource({
        "quarkus.datasource.password, postgres",
        "pos.back-office.password, ChangeMe",
        "pos.back-office.enterprise.\"10000001\".password, test",
        "POS_FIRST_ADMIN_PASSWORD, password1234",
        "pos.crm.secret, secret",
        "mp.jwt.verify.publickey.location, http://settings-service:8081/.well-known/jwks.json",
        "mp.jwt.verify.publickey.location, http://localhost.example/jwks.json",
        "smallrye.jwt.client.tls.trust-all, true",
        "pos.clock.offset, PT1S",
        "pos.sample.data, true"
    })
    void eachUnsafeKeyAloneIsRefusedAndNamed(String key, String value) {
        assertThatThrownBy(() -> check("production", Map.of(key, value)))
                .hasMessageStartingWith("Refusing to start in production")
                .hasMessageContaining(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://pos.example/.well-known/jwks.json",
                "http://127.0.0.1:8081/jwks.json",
                "file:/keys/jwks.json"
            })
    void keysThatNobodyOnTheWayCanReplaceAreTaken(String location) {
        assertThatCode(() -> check("production", Map.of("mp.jwt.verify.publickey.location", location)))
                .doesNotThrowAnyException();
    }

    @Test
    void aSecretThatIsMissingIsNamed() {
        Map<String, String> required = Map.of(
                "pos.production.required", "pos.service.secret,pos.crm.secret when pos.crm.url", "pos.crm.url", "");

        assertThat(ProductionReadinessChecks.platformRules(config(required)))
                .containsExactly("pos.service.secret is missing");
        Map<String, String> withCrm = new HashMap<>(required);
        withCrm.put("pos.crm.url", "https://crm.example/");
        withCrm.put("pos.service.secret", " ");
        assertThat(ProductionReadinessChecks.platformRules(config(withCrm)))
                .containsExactly("pos.service.secret is missing", "pos.crm.secret is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "'', is missing",
        "'org.apache.kafka.common.security.scram.ScramLoginModule required username=\"a\" password=\"changeme\";',"
                + " is a well-known one"
    })
    void aLoginAtKafkaHasAPasswordOfItsOwn(String login, String what) {
        assertThatThrownBy(() -> check(
                        "production", Map.of("kafka.security.protocol", "SASL_SSL", "kafka.sasl.jaas.config", login)))
                .hasMessageContaining("kafka.sasl.jaas.config " + what);
    }

    @Test
    void aLocalStackMayBeUnsafe() {
        assertThatCode(() -> check("local", Map.of("pos.clock.offset", "PT49H")))
                .doesNotThrowAnyException();
    }

    @Test
    void aServiceAddsRulesOfItsOwn() {
        ProductionReadinessCheck rule = config -> List.of("the key is a sample");

        assertThatThrownBy(() -> ProductionReadinessChecks.check("production", config(Map.of()), List.of(rule)))
                .hasMessageContaining("the key is a sample");
        assertThat(ProductionReadinessChecks.platformRules(config(Map.of()))).isEmpty();
    }

    private static void check(String environment, Map<String, String> differing) {
        ProductionReadinessChecks.check(environment, config(differing), List.of());
    }

    private static Config config(Map<String, String> differing) {
        Map<String, String> values = new HashMap<>(SAFE);
        values.putAll(differing);
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
    }
}

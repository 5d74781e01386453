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
        "pos.sample.data, true",
        // The framework reads these so too.
        "pos.sample.data, YES",
        "pos.sample.data, 1",
        "pos.sample.data, on",
        "quarkus.flyway.clean-at-start, y",
        "quarkus.datasource.reactive.trust-all, true",
        "kafka.bootstrap.servers, 'kafka-0:9092,127.0.0.1:9092'",
        "pos.services.settings-url, http://settings.example.uz:8081",
        "quarkus.datasource.jdbc.url, jdbc:postgresql://h:5432/sales",
        "quarkus.datasource.jdbc.url, jdbc:postgresql://h:5432/sales?sslmode=prefer",
        "quarkus.datasource.reactive.url, 'postgresql://127.0.0.1,h:5432/sales?sslmode=disable'"
    })
    void eachUnsafeKeyAloneIsRefusedAndNamed(String key, String value) {
        assertThatThrownBy(() -> check("production", Map.of(key, value)))
                .hasMessageStartingWith("Refusing to start in production")
                .hasMessageContaining(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pos.service.secret | 'a1b2c3d4e5f' | is shorter than 12 characters",
                "pos.back-office.password | 'a1b2c3d' | is shorter than 8 characters",
                "pos.service.secret | '3f1c0b7a9d2e4c5f\n' | has a blank or a line break at an end",
                "pos.service.secret | ' 3f1c0b7a9d2e4c5f' | has a blank or a line break at an end",
                "pos.crm.secret | whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | is a well-known one",
                "pos.crm.secret | whsec_c2hvcnQ= | is shorter than 12 characters",
                "pos.service.secret | please-change-me-2026 | is a placeholder",
                "pos.service.secret | ................ | is a placeholder",
                "pos.service.secret | change_me_please_now | is a placeholder",
                "pos.service.secret | {{ .Values.service }} | is a placeholder",
                "pos.service.secret | $(cat /run/secrets/service) | is a placeholder",
                "pos.service.secret | settings-service | is a well-known one",
                "pos.service.secret | Super_Secret-2026! | is a well-known one",
                "quarkus.datasource.password | P@ssw0rd1234 | is a well-known one",
                "quarkus.datasource.password | 1234567890123456 | is a well-known one",
                "pos.back-office.password | Parol-2026 | is a well-known one",
                "pos.service.secret | OPERATOR-tashkent7 | is the name of a user",
                "pos.service.secret | '\"3f1c0b7a9d2e4c5f\"' | stands in quotes",
                "pos.crm.secret | whsec_c2ltdWxhdG9yLW9mLXRoZS1jcm0tMDAwMA== | is a well-known one",
                "pos.crm.secret | whsec_Y2hhbmdlLW1lLXBsZWFzZQ== | is a placeholder",
                "pos.crm.secret | whsec_k3J9-long-and-random | are the same secret",
                "POS_FIRST_ADMIN_PASSWORD | <your password> | is a placeholder",
                "pos.service.secret | k3J9-long-and-random | are the same secret",
                "quarkus.datasource.jdbc.url | jdbc:postgresql://127.0.0.1/d?user=a&password=b | holds a password",
                "quarkus.datasource.reactive.url | postgresql://a:b@127.0.0.1/d | holds a password",
                "mp.jwt.verify.publickey.location | https://a:b@pos.example.uz/jwks.json | holds a password",
                "pos.traces.endpoint | http://a:b@collector:4318 | holds a password",
                "mp.jwt.verify.issuer | http://issuer.example | is not https",
                "mp.jwt.verify.issuer | ' HTTP://localhost:8080/realms/pos' | is not https",
                "mp.jwt.verify.issuer | http://127.0.0.1 | is not https",
                "mp.jwt.verify.publickey.location | ' HTTP://pos.example.uz/jwks.json' | is not https",
                "mp.jwt.verify.publickey.location | https:///.well-known/jwks.json | is not https",
                "mp.jwt.verify.issuer | '' | is empty",
                "mp.jwt.verify.audiences | ' ' | is empty",
                "quarkus.http.proxy.trusted-proxies | * | trusts everybody",
                "quarkus.http.proxy.trusted-proxies | 127.0.0.1,0.0.0.0/0 | trusts everybody",
                "quarkus.http.proxy.trusted-proxies | ::/0 | trusts everybody",
                "quarkus.http.proxy.trusted-proxies | '' | trusts everybody",
                "quarkus.http.cors.origins | * | admits every page",
                "quarkus.http.cors.origins | 'https://a.uz,/.*/' | admits every page",
                "quarkus.http.cors.origins | '/https?://.+/' | admits every page",
                "quarkus.http.cors.origins | http://pos.example.uz | pages over http",
                "pos.back-office.url | http://erp.example/base | is not https",
                "pos.back-office.url | ' HTTP://erp.example' | is not https",
                "pos.back-office.url | http://localhost.example/base | is not https",
                "pos.back-office.enterprise.\"10000001\".url | http://10.0.0.7/base | is not https",
                "POS_BACK_OFFICE_ENTERPRISE__10000001__URL | http://10.0.0.7/base | is not https",
                "pos.crm.url | http://crm.example | is not https",
                "pos.crm.licence-url | http://crm.example | is not https",
                "pos.keys.directory | /no/such/folder | names nothing that can be read",
                "kafka.ssl.endpoint.identification.algorithm | '' | is empty",
                "kafka.ssl.truststore.location | /no/such/file | names nothing that can be read"
            })
    void eachUnsafeValueIsRefusedAndNotTold(String key, String value, String why) {
        Map<String, String> differing = new HashMap<>(
                Map.of("quarkus.http.proxy.proxy-address-forwarding", "true", "kafka.security.protocol", "SSL"));
        differing.put("quarkus.http.proxy.trusted-proxies", "10.0.0.0/8");
        differing.put("pos.back-office.user", "operator-Tashkent7");
        differing.put(key, value);

        assertThatThrownBy(() -> check("production", differing)).satisfies(refusal -> {
            assertThat(refusal.getMessage()).contains(key).contains(why).doesNotContain(";");
            if (value.length() > 5 && !value.startsWith("http")) {
                assertThat(refusal.getMessage()).doesNotContain(value.strip());
            }
        });
    }

    @Test
    void secretsOfItsOwnAndWhatTheyStandBesideAreTaken() {
        assertThatCode(() -> check(
                        "production",
                        Map.of(
                                "pos.service.secret", "3f1c0b7a9d2e4c5f8a6b1d0e",
                                "POS_SERVICE_SECRET", "3f1c0b7a9d2e4c5f8a6b1d0e",
                                "pos.crm.secret", "whsec_9eZ1tqXo0mY3vB7hK5cJ8sRw",
                                "pos.back-office.password", "shop-2014",
                                "pos.back-office.enterprise.\"10000001\".password", "shop-2014",
                                "pos.first-admin.password", "",
                                "quarkus.datasource.reactive.url", "postgresql://h:5432/sales?sslmode=verify-full",
                                "mp.jwt.verify.issuer", "ksb-pos",
                                "quarkus.http.cors.origins", "https://pos.example.uz",
                                "quarkus.http.proxy.trusted-proxies", "10.42.0.0/16,2001:db8::/32")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS://erp.example/base", "http://127.0.0.1:8086", "http://[::1]:8086/base", ""})
    void addressesThatNobodyOnTheWayCanHearAreTaken(String address) {
        assertThatCode(() -> check(
                        "production",
                        Map.of(
                                "pos.back-office.url", address,
                                "pos.back-office.enterprise.\"10000001\".url", address,
                                "pos.crm.url", address,
                                "pos.crm.licence-url", address)))
                .doesNotThrowAnyException();
        assertThatCode(() -> check("local", Map.of("pos.back-office.url", "http://erp.example")))
                .doesNotThrowAnyException();
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
        withCrm.put("pos.sample.data", "no");
        assertThat(ProductionReadinessChecks.platformRules(config(withCrm)))
                .containsExactly("pos.service.secret is missing", "pos.crm.secret is missing");
    }

    /** Two services that are asked at 127.0.0.1 by default are on this machine only in development. */
    @Test
    void aDefaultOfTheCodeIsNotGiven() {
        Config config = new SmallRyeConfigBuilder()
                .withDefaultValue("pos.services.settings-url", "http://127.0.0.1:8081")
                .withSources(new PropertiesConfigSource(
                        Map.of("pos.production.required", "pos.services.settings-url"), "test", 100))
                .build();

        assertThat(ProductionReadinessChecks.platformRules(config))
                .containsExactly("pos.services.settings-url is missing");
    }

    @Test
    void hostsThatAreNamedMayBeReachedInTheClear() {
        assertThatCode(() -> check(
                        "production",
                        Map.of(
                                "pos.production.unencrypted-hosts", "postgres, kafka,settings-service",
                                "kafka.bootstrap.servers", "kafka:9092",
                                "pos.services.settings-url", "http://settings-service:8081",
                                "quarkus.datasource.reactive.url", "postgresql://postgres:5432/sales",
                                "quarkus.datasource.jdbc.url", "jdbc:postgresql://postgres:5432/sales")))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(
                        "production",
                        Map.of(
                                "kafka.bootstrap.servers", "kafka:9093",
                                "kafka.security.protocol", "ssl",
                                "pos.services.settings-url", "https://settings-service",
                                "quarkus.datasource.jdbc.url",
                                        "jdbc:postgresql://h/sales?a=b&sslmode=verify-full&c=d")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "'', is missing",
        "'org.apache.kafka.common.security.scram.ScramLoginModule required username=\"a\" password=\"\";', is missing its password",
        "'org.apache.kafka.common.security.scram.ScramLoginModule required username=\"operator-7\" password=\"operator-7\";',"
                + " is the name of a user",
        "'org.apache.kafka.common.security.scram.ScramLoginModule required username=\"a\" password=\"changeme\";',"
                + " is a placeholder"
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

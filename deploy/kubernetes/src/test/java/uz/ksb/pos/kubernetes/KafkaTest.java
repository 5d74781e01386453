package uz.ksb.pos.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import uz.ksb.pos.platform.event.Topics;

/** Topics are those of the code, and each user may do what its service does, no more. */
class KafkaTest {
    private static final String INCOMING = "mp.messaging.incoming.";

    static List<Overlay> overlays() {
        return Overlay.all().toList();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void topicsAreThoseOfTheCode(Overlay overlay) {
        Map<String, Duration> rendered = overlay.ofKind("KafkaTopic")
                .collect(Collectors.toMap(
                        Overlay.Manifest::name,
                        topic -> Duration.ofMillis(
                                topic.spec().path("config").path("retention.ms").asLong())));

        assertThat(rendered)
                .isEqualTo(
                        Topics.all().stream().collect(Collectors.toMap(Topics.Topic::name, Topics.Topic::retention)));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void allTopicsHaveTheSamePartitionsAndLimits(Overlay overlay) {
        boolean production = overlay.name().equals(Overlay.PRODUCTION);
        int partitions = production ? Topics.PRODUCTION_PARTITIONS : Topics.LOCAL_PARTITIONS;

        assertThat(overlay.ofKind("KafkaTopic")).allSatisfy(topic -> {
            JsonNode config = topic.spec().path("config");
            assertThat(topic.spec().path("partitions").asInt()).isEqualTo(partitions);
            assertThat(config.path("max.message.bytes").asInt()).isEqualTo(Topics.MAX_MESSAGE_BYTES);
            assertThat(config.path("cleanup.policy").asString()).isEqualTo("delete");
            assertThat(config.path("unclean.leader.election.enable").asBoolean(true))
                    .isFalse();
            assertThat(topic.json().at("/metadata/labels/strimzi.io~1cluster").asString())
                    .isEqualTo("pos");
        });
    }

    @Test
    void productionSurvivesTheLossOfOneBroker() {
        Overlay production = Overlay.of(Overlay.PRODUCTION);

        assertThat(production
                        .get("KafkaNodePool", "kafka")
                        .spec()
                        .path("replicas")
                        .asInt())
                .isEqualTo(3);
        assertThat(production.ofKind("KafkaTopic")).allSatisfy(topic -> {
            assertThat(topic.spec().path("replicas").asInt()).isEqualTo(3);
            assertThat(topic.spec().path("config").path("min.insync.replicas").asInt())
                    .isEqualTo(2);
        });
        JsonNode config = production.get("Kafka", "pos").spec().at("/kafka/config");
        assertThat(config.path("offsets.topic.replication.factor").asInt()).isEqualTo(3);
        assertThat(config.path("auto.create.topics.enable").asBoolean(true)).isFalse();
    }

    /** {@code topic or group -> operations}, those of the user in the production overlay. */
    private static Map<String, Set<String>> rights(String user, String kind) {
        Map<String, Set<String>> rights = new HashMap<>();
        Overlay.of(Overlay.PRODUCTION)
                .get("KafkaUser", user)
                .spec()
                .at("/authorization/acls")
                .forEach(rule -> {
                    assertThat(rule.path("type").asString("allow")).isEqualTo("allow");
                    if (rule.at("/resource/type").asString().equals(kind)) {
                        Set<String> operations = rule.path("operations")
                                .valueStream()
                                .map(JsonNode::asString)
                                .collect(Collectors.toSet());
                        rights.put(rule.at("/resource/name").asString(), operations);
                    }
                });
        return rights;
    }

    private static Stream<Map.Entry<String, String>> channels(String service, String key) {
        Properties properties = Project.properties(service);
        return properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(INCOMING) && name.endsWith(key))
                .map(name -> Map.entry(name, properties.getProperty(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"settings-service", "product-service", "sales-service", "sync-service"})
    void aServiceMayUseTheChannelsOfItsConfiguration(String service) {
        Map<String, Set<String>> topics = rights(service, "topic");
        Map<String, Set<String>> groups = rights(service, "group");
        Set<String> known = Topics.all().stream().map(Topics.Topic::name).collect(Collectors.toSet());

        assertThat(channels(service, ".topic")).isNotEmpty().allSatisfy(channel -> {
            boolean letters = channel.getKey().contains("dead-letter");
            assertThat(known).contains(channel.getValue());
            assertThat(topics.get(channel.getValue()))
                    .as(channel.getValue())
                    .contains(letters ? "Write" : "Read", "Describe");
        });
        assertThat(channels(service, ".group.id")).isNotEmpty().allSatisfy(channel -> assertThat(groups.keySet())
                .anySatisfy(prefix -> assertThat(channel.getValue()).startsWith(prefix)));
    }

    /** Revocations are followed by every service. */
    @Test
    void everyServiceReadsTheSettings() {
        assertThat(Project.SERVICES)
                .allSatisfy(service -> assertThat(rights(service, "topic").get(Topics.SETTINGS))
                        .contains("Read"));
    }

    @Test
    void theGatewayOnlyReads() {
        assertThat(rights("realtime-gateway", "topic")).hasSize(8).allSatisfy((topic, operations) -> assertThat(
                        operations)
                .containsExactlyInAnyOrder("Read", "Describe"));
        assertThat(rights("realtime-gateway", "group")).isEmpty();
    }

    @Test
    void theCrmMayOnlyReadTheSyncTopic() {
        assertThat(rights("crm", "topic")).containsOnly(Map.entry(Topics.SYNC, Set.of("Read", "Describe")));
        assertThat(rights("crm", "group").keySet()).containsExactly("crm");
        assertThat(rights("crm", "cluster")).isEmpty();
        assertThat(rights("crm", "transactionalId")).isEmpty();
    }

    @Test
    void eachTopicButTheSyncsHasOneProducer() {
        Map<String, Set<String>> producers = new HashMap<>();
        Project.SERVICES.forEach(service -> rights(service, "topic").forEach((topic, operations) -> {
            if (operations.contains("Write") && !topic.endsWith(".dlq")) {
                producers.computeIfAbsent(topic, name -> new HashSet<>()).add(service);
            }
        }));

        assertThat(producers.remove(Topics.SYNC)).hasSize(4);
        assertThat(producers).hasSize(10).allSatisfy((topic, services) -> assertThat(services)
                .hasSize(1));
    }
}

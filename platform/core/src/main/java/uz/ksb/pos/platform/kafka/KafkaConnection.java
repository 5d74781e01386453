package uz.ksb.pos.platform.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.config.Config;

/**
 * The settings that every Kafka client of the process needs to connect: servers, encryption, identity.
 *
 * @param settings {@code bootstrap.servers}, {@code security.*}, {@code sasl.*}, {@code ssl.*}; empty where there is no Kafka
 */
public record KafkaConnection(Map<String, Object> settings) {
    private static final String PREFIX = "kafka.";
    private static final String SERVERS = AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG;

    public KafkaConnection {
        settings = Map.copyOf(settings);
    }

    /** Unencrypted, without an identity. */
    public static KafkaConnection to(String servers) {
        return new KafkaConnection(Map.of(SERVERS, servers));
    }

    /** As {@code kafka.*} says; asked by name, so that environment variables count too. */
    public static KafkaConnection of(Config config) {
        Map<String, Object> settings = new HashMap<>();
        AdminClientConfig.configNames().stream()
                .filter(KafkaConnection::connects)
                .forEach(name -> value(config, name).ifPresent(value -> settings.put(name, value)));
        return new KafkaConnection(settings);
    }

    private static boolean connects(String name) {
        return name.equals(SERVERS)
                || name.startsWith("security.")
                || name.startsWith("sasl.")
                || name.startsWith("ssl.");
    }

    private static Optional<String> value(Config config, String name) {
        return config.getOptionalValue(PREFIX + name, String.class);
    }

    public boolean isKnown() {
        return settings.containsKey(SERVERS);
    }

    /** A client's settings: these, and its own. */
    public Map<String, Object> with(Map<String, ?> own) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(own);
        return all;
    }

    /** Without values: a secret is among them. */
    @Override
    public String toString() {
        return "KafkaConnection" + settings.keySet();
    }
}

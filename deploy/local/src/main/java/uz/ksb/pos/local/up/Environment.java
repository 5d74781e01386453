package uz.ksb.pos.local.up;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What the launcher tells the services, by environment variables: secrets never stand on a command line. */
record Environment(Ports ports, Workspace workspace, String samplePassword, Duration clockOffset) {

    Map<String, String> of(Service service) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "POS_ENVIRONMENT",
                "local",
                "POS_PARENT_PID",
                Long.toString(ProcessHandle.current().pid()),
                "POS_CLOCK_OFFSET",
                clockOffset.toString(),
                "POS_ORIGIN",
                "http://localhost:" + ports.base(),
                "POS_SAMPLE_DATA",
                "true",
                "POS_SAMPLE_PASSWORD",
                samplePassword,
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                Integer.toString(ports.of(service)),
                "KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + ports.kafka()));
        variables.put(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                "http://127.0.0.1:%d/.well-known/jwks.json".formatted(ports.base() + 1));
        if (service.hasDatabase()) {
            variables.putAll(database(service.database()));
        }
        if (service.name().equals("settings-service")) {
            variables.put("POS_KEYS_DIRECTORY", workspace.keys().toString());
        }
        return variables;
    }

    private Map<String, String> database(String name) {
        String url = "postgresql://127.0.0.1:%d/%s".formatted(ports.postgres(), name);
        return Map.of(
                "QUARKUS_DATASOURCE_USERNAME",
                name,
                "QUARKUS_DATASOURCE_PASSWORD",
                workspace.secrets().databasePassword(name),
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                url,
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:" + url);
    }
}

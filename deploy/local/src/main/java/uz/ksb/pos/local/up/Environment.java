package uz.ksb.pos.local.up;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that the launcher gives the services, as environment variables: secrets never stand on a command line.
 */
record Environment(
        Ports ports,
        Workspace workspace,
        String samplePassword,
        Duration clockOffset,
        Optional<Path> shopFolder,
        int replicas) {

    private static final String BACK_OFFICE_USER = "pos";
    /** So long a process that ends takes requests after it has said that it is not ready: until the origin has seen that. */
    private static final String PROXY_NOTICES = "1s";

    Map<String, String> of(Service service) {
        return of(service, 1);
    }

    /** @param replica from 1 */
    Map<String, String> of(Service service, int replica) {
        return switch (service.program()) {
            case QUARKUS -> quarkus(service, replica);
            case SIMULATOR -> simulator();
        };
    }

    private Map<String, String> quarkus(Service service, int replica) {
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
                Integer.toString(ports.of(service, replica)),
                "KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + ports.kafka()));
        if (service.hasDatabase()) {
            variables.putAll(database(service.database()));
            variables.put("POS_SERVICE_SECRET", workspace.secrets().serviceSecret());
        }
        // The gateway takes its time by itself.
        if (replicas > 1 && !service.name().equals("realtime-gateway")) {
            variables.put("QUARKUS_SHUTDOWN_DELAY", PROXY_NOTICES);
        }
        // settings-service has the keys itself, and must not wait for an answer of its own.
        if (!service.name().equals("settings-service")) {
            variables.put("MP_JWT_VERIFY_PUBLICKEY_LOCATION", origin(1) + "/.well-known/jwks.json");
        }
        switch (service.name()) {
            case "settings-service" -> {
                variables.put("POS_KEYS_DIRECTORY", workspace.keys().toString());
                variables.putAll(backOffice());
            }
            case "sales-service" -> {
                variables.putAll(backOffice());
                variables.put("POS_SERVICES_SETTINGS_URL", origin(1));
                variables.put("POS_SERVICES_PRODUCT_URL", origin(2));
            }
            case "sync-service" -> {
                variables.putAll(backOffice());
                variables.put("POS_CRM_URL", simulatorUrl() + "/crm/sync-completed");
                variables.put("POS_CRM_LICENCE_URL", simulatorUrl() + "/ksb-info");
                variables.put("POS_CRM_SECRET", workspace.secrets().webhookSecret());
            }
            case "realtime-gateway" -> variables.putAll(owners());
            default -> {}
        }
        return variables;
    }

    /** The addresses of snapshots for the gateway; its clients are moved fast enough for Ctrl-C. */
    private Map<String, String> owners() {
        return Map.of(
                "POS_SERVICES_SETTINGS_URL",
                origin(1),
                "POS_SERVICES_PRODUCT_URL",
                origin(2),
                "POS_SERVICES_SALES_URL",
                origin(3),
                "POS_LIVE_CONNECTION_MOVE_WITHIN",
                "2s");
    }

    /** Of several processes any may answer: then the one origin chooses. */
    private String origin(int service) {
        return "http://127.0.0.1:" + (replicas > 1 ? ports.base() : ports.base() + service);
    }

    private Map<String, String> backOffice() {
        return Map.of(
                "POS_BACK_OFFICE_URL",
                simulatorUrl(),
                "POS_BACK_OFFICE_USER",
                BACK_OFFICE_USER,
                "POS_BACK_OFFICE_CHECK_METHOD",
                "check_sales",
                "POS_BACK_OFFICE_PASSWORD",
                workspace.secrets().backOfficePassword());
    }

    private String simulatorUrl() {
        return "http://127.0.0.1:" + ports.simulator();
    }

    private Map<String, String> simulator() {
        Map<String, String> variables = new HashMap<>(Map.of(
                "POS_PARENT_PID",
                Long.toString(ProcessHandle.current().pid()),
                "POS_CLOCK_OFFSET",
                clockOffset.toString(),
                "SIMULATOR_PORT",
                Integer.toString(ports.simulator()),
                "SIMULATOR_USER",
                BACK_OFFICE_USER,
                "SIMULATOR_PASSWORD",
                workspace.secrets().backOfficePassword(),
                "SIMULATOR_CRM_SECRET",
                workspace.secrets().webhookSecret(),
                "SIMULATOR_STATE",
                workspace.simulator().toString(),
                "SIMULATOR_PUSH_URL",
                "http://127.0.0.1:" + ports.base(),
                "SIMULATOR_PUSH_SECRET",
                samplePassword));
        shopFolder.ifPresent(folder ->
                variables.put("SIMULATOR_DATA", folder.toAbsolutePath().toString()));
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

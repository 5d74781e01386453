package uz.ksb.pos.gateway.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Merges OpenAPI documents whose paths differ. */
final class ApiDocument {
    /** The parts, by the names of their files. */
    static final List<String> PARTS = List.of("settings", "product", "sales", "sync", "live");

    private static final String SCHEMAS = "#/components/schemas/";
    private static final int AFTER_API = "/api/".length();
    private static final String DESCRIPTION = """
            All HTTP APIs of KSB POS. To try them here:

            1. `POST /api/devices` registers a till and answers with its `deviceToken`.
            2. `POST /api/auth/login` with that in the header `X-Device-Token` logs a user in. This page keeps the `accessToken` \
            for the requests that follow, until it is closed.

            A machine (ERP, CRM) needs no till: `POST /api/auth/token` with its client id and secret. Amounts are decimal text. \
            Failures are `application/problem+json` (RFC 9457).""";

    private final ObjectMapper json;
    private final ObjectNode merged;
    private final ObjectNode paths;
    private final ObjectNode schemas;
    private final ObjectNode components;

    private ApiDocument(ObjectMapper json) {
        this.json = json;
        this.merged = json.createObjectNode().put("openapi", "3.1.0");
        merged.putObject("info").put("title", "KSB POS").put("version", "1.0.0").put("description", DESCRIPTION);
        merged.putArray("servers").addObject().put("url", "/");
        this.paths = merged.putObject("paths");
        this.components = merged.putObject("components");
        this.schemas = components.putObject("schemas");
    }

    /** The documents that were built in, as one. */
    static JsonNode merged(ObjectMapper json) {
        Map<String, JsonNode> parts = new TreeMap<>();
        PARTS.forEach(name -> parts.put(name, part(json, name)));
        return merge(json, parts);
    }

    /**
     * A schema whose name means something else in another document gets the name of its part in front.
     *
     * @param parts by their names
     * @throws IllegalArgumentException when two have the same path
     */
    static JsonNode merge(ObjectMapper json, Map<String, JsonNode> parts) {
        ApiDocument document = new ApiDocument(json);
        parts.forEach((name, part) -> document.add(name, part, parts));
        return document.merged;
    }

    private static JsonNode part(ObjectMapper json, String name) {
        try (InputStream file = ApiDocument.class.getResourceAsStream(name + ".json")) {
            return json.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String name, JsonNode part, Map<String, JsonNode> parts) {
        Map<String, String> renamed = new TreeMap<>();
        JsonNode own = part.at("/components/schemas");
        own.fieldNames().forEachRemaining(schema -> renamed.put(schema, newName(name, schema, parts)));
        own.properties()
                .forEach(schema ->
                        schemas.set(renamed.get(schema.getKey()), renameReferences(schema.getValue(), renamed)));
        part.at("/components/securitySchemes")
                .properties()
                .forEach(scheme -> components.withObject("/securitySchemes").set(scheme.getKey(), scheme.getValue()));
        part.path("paths").properties().forEach(path -> {
            if (paths.has(path.getKey())) {
                throw new IllegalArgumentException(path.getKey() + " is in two documents");
            }
            paths.set(path.getKey(), grouped(path.getKey(), renameReferences(path.getValue(), renamed)));
        });
    }

    private static String newName(String part, String schema, Map<String, JsonNode> parts) {
        String pointer = "/components/schemas/" + schema;
        boolean clashes = parts.values().stream()
                        .map(document -> document.at(pointer))
                        .filter(found -> !found.isMissingNode())
                        .distinct()
                        .count()
                > 1;
        return clashes ? part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1) + schema : schema;
    }

    private JsonNode renameReferences(JsonNode node, Map<String, String> renamed) {
        if (node.isTextual() && node.asText().startsWith(SCHEMAS)) {
            return TextNode.valueOf(SCHEMAS + renamed.get(node.asText().substring(SCHEMAS.length())));
        }
        if (node.isObject()) {
            ObjectNode copy = json.createObjectNode();
            node.properties().forEach(field -> copy.set(field.getKey(), renameReferences(field.getValue(), renamed)));
            return copy;
        }
        if (node.isArray()) {
            return json.createArrayNode()
                    .addAll(node.valueStream()
                            .map(item -> renameReferences(item, renamed))
                            .toList());
        }
        return node;
    }

    /** The page shows endpoints by the first word of their path. */
    private JsonNode grouped(String path, JsonNode operations) {
        String group = path.startsWith("/api/") ? path.substring(AFTER_API).split("/", -1)[0] : "keys";
        operations.forEach(operation -> {
            if (operation instanceof ObjectNode object && object.has("responses")) {
                object.set("tags", json.createArrayNode().add(group));
            }
        });
        return operations;
    }
}

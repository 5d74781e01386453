package uz.ksb.pos.kubernetes;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The environment variables that a container names itself: a value, or the reference that it comes from. */
public record Environment(Map<String, JsonNode> variables) {
    public static Environment of(Overlay.Container container) {
        Map<String, JsonNode> variables = new TreeMap<>();
        container
                .json()
                .path("env")
                .forEach(variable -> variables.put(variable.path("name").asString(), variable));
        return new Environment(variables);
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(variables.get(name))
                .map(variable -> variable.path("value"))
                .filter(JsonNode::isString)
                .map(JsonNode::asString);
    }

    /** {@code secret/key}; empty when it comes from no Secret. */
    public Optional<String> secret(String name) {
        return Optional.ofNullable(variables.get(name))
                .map(variable -> variable.at("/valueFrom/secretKeyRef"))
                .filter(JsonNode::isObject)
                .map(reference -> reference.path("name").asString() + "/"
                        + reference.path("key").asString());
    }
}

package uz.ksb.pos.platform.testing;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The endpoints of the service under test, from its OpenAPI document. */
final class Endpoints {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private Endpoints() {}

    /**
     * @param path a template, such as {@code /api/sales/{id}}
     * @param takesJson whether it has a JSON body
     * @param roles null: it needs no token of a user or looks at it by itself; empty: any role may
     */
    record Endpoint(String method, String path, List<Parameter> parameters, boolean takesJson, Set<String> roles) {
        /** The path with values of the right form that name nothing. */
        String address() {
            String address = path;
            for (Parameter parameter : parameters) {
                if (parameter.in().equals("path")) {
                    address = address.replace("{" + parameter.name() + "}", parameter.sample());
                }
            }
            return address;
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /**
     * @param schema of OpenAPI, resolved
     */
    record Parameter(String name, String in, JsonNode schema) {
        boolean is(String typeOrFormat) {
            return schema.path("format").asText().equals(typeOrFormat)
                    || schema.path("type").toString().contains('"' + typeOrFormat + '"');
        }

        String sample() {
            if (is("uuid")) {
                return "0193b0f2-7c3a-7e6b-9c7d-0123456789ab";
            }
            if (name.equals("kind")) {
                return "units";
            }
            return name.equals("ksbId") ? "99999999" : is("integer") ? "1" : name.equals("currency") ? "USD" : "x1";
        }

        /** Values of another form; none where any text will do. */
        List<String> wrong() {
            if (schema.has("enum")) {
                return List.of("", "NOPE", "%00");
            }
            if (is("uuid")) {
                return List.of("", "1-1-1-1-1", "x", "%00");
            }
            if (is("date")) {
                return List.of("", "2026-02-30", "2026-2-3", "20000");
            }
            if (is("integer")) {
                return List.of("", "99999999999999999999", "1.5", "%D9%A5", "x");
            }
            return name.equals("after") ? List.of("", "%00", "x", "AAAA") : List.of("", "%00");
        }
    }

    static List<Endpoint> all() {
        JsonNode document = document();
        List<Endpoint> endpoints = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (METHODS.contains(operation.getKey())) {
                        endpoints.add(new Endpoint(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                parameters(document, path.getValue(), operation.getValue()),
                                operation.getValue().at("/requestBody/content").has("application/json"),
                                roles(operation.getValue())));
                    }
                }));
        return endpoints;
    }

    private static Set<String> roles(JsonNode operation) {
        if (!operation.has("security")) {
            return null;
        }
        Set<String> roles = new HashSet<>();
        operation
                .path("security")
                .forEach(scheme -> scheme.forEach(scopes -> scopes.forEach(scope -> roles.add(scope.asText()))));
        return roles;
    }

    private static List<Parameter> parameters(JsonNode document, JsonNode path, JsonNode operation) {
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode from : List.of(path, operation)) {
            for (JsonNode one : from.path("parameters")) {
                JsonNode parameter = resolved(document, one);
                parameters.add(new Parameter(
                        parameter.path("name").asText(),
                        parameter.path("in").asText(),
                        resolved(document, parameter.path("schema"))));
            }
        }
        return parameters;
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    static JsonNode document() {
        try {
            return new ObjectMapper()
                    .readTree(given().queryParam("format", "json")
                            .get("/q/openapi")
                            .then()
                            .statusCode(200)
                            .extract()
                            .asString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

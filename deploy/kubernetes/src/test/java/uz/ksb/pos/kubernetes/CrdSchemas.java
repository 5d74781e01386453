package uz.ksb.pos.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of the operators' kinds: the CustomResourceDefinitions of a folder that is no part of the project. */
final class CrdSchemas {
    private static final Path FOLDER = Path.of(System.getenv()
            .getOrDefault("POS_CRDS", Project.file("../shared/data/crds").toString()));
    private static CrdSchemas loaded;

    private final Map<String, Schema> schemas = new HashMap<>();

    private CrdSchemas() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09);
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.filter(file -> file.toString().endsWith(".yaml")).forEach(file -> read(file, registry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean arePresent() {
        return Files.isDirectory(FOLDER);
    }

    /** Skips the test where the folder is missing. */
    static synchronized CrdSchemas load() {
        assumeTrue(arePresent(), "the operators' schemas are not in " + FOLDER + " (POS_CRDS names another folder)");
        if (loaded == null) {
            loaded = new CrdSchemas();
        }
        return loaded;
    }

    private void read(Path file, SchemaRegistry registry) {
        try {
            for (JsonNode definition : Project.yaml(Files.readString(file))) {
                JsonNode spec = definition.path("spec");
                for (JsonNode version : spec.path("versions")) {
                    JsonNode schema = version.at("/schema/openAPIV3Schema");
                    close(schema);
                    String kind = "%s/%s %s"
                            .formatted(
                                    spec.path("group").asString(),
                                    version.path("name").asString(),
                                    spec.at("/names/kind").asString());
                    schemas.put(kind, registry.getSchema(schema));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kubernetes drops fields that the schema does not name: here they are faults. Metadata is left to Kubernetes. */
    private static void close(JsonNode schema) {
        if (schema instanceof ArrayNode list) {
            list.forEach(CrdSchemas::close);
        } else if (schema instanceof ObjectNode object) {
            boolean free = object.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
            if (object.path("properties").isObject()
                    && !free
                    && object.path("type").asString("").equals("object")) {
                object.put("additionalProperties", false);
            }
            // A format of Kubernetes, such as int-or-string, is none of JSON Schema.
            object.properties().forEach(property -> close(property.getValue()));
        }
    }

    List<String> faults(Overlay.Manifest object) {
        Schema schema = schemas.get(object.apiVersion() + " " + object.kind());
        if (schema == null) {
            return List.of(object + ": no schema of " + object.apiVersion());
        }
        return schema.validate(object.json()).stream().map(Object::toString).toList();
    }
}

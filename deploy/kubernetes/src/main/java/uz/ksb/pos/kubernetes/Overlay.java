package uz.ksb.pos.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** All objects that an overlay renders. */
public record Overlay(String name, List<Manifest> objects) {
    public static final String PRODUCTION = "production";
    public static final String DEV = "dev";

    /** The first one with kustomize's components. */
    private static final int MIN_KUBECTL = 21;

    private static final Pattern VERSION = Pattern.compile("v1\\.(\\d+)\\.");
    private static final String TEMPLATE = "/spec/template/spec";
    /** Where the kinds of objects that make pods have them. */
    private static final Map<String, String> PODS = Map.of(
            "Deployment",
            TEMPLATE,
            "StatefulSet",
            TEMPLATE,
            "DaemonSet",
            TEMPLATE,
            "ReplicaSet",
            TEMPLATE,
            "Job",
            TEMPLATE,
            "CronJob",
            "/spec/jobTemplate" + TEMPLATE,
            "Pod",
            "/spec");

    private static final Map<String, Overlay> RENDERED = new ConcurrentHashMap<>();

    /** One object. */
    public record Manifest(JsonNode json) {
        public String kind() {
            return json.path("kind").asString();
        }

        public String apiVersion() {
            return json.path("apiVersion").asString();
        }

        public String name() {
            return json.at("/metadata/name").asString();
        }

        public JsonNode spec() {
            return json.path("spec");
        }

        @Override
        public String toString() {
            return kind() + " " + name();
        }
    }

    /** A container, with the pod that it belongs to. */
    public record Container(Manifest owner, JsonNode pod, JsonNode json) {
        @Override
        public String toString() {
            return owner + " " + json.path("name").asString();
        }
    }

    /** Skips the test where kubectl is missing or too old. */
    public static Overlay of(String name) {
        assumeTrue(kubectlVersion().orElse(0) >= MIN_KUBECTL, "kubectl 1.21 or newer is not installed");
        return RENDERED.computeIfAbsent(name, Overlay::render);
    }

    public static Stream<Overlay> all() {
        return Stream.of(of(DEV), of(PRODUCTION));
    }

    private static Overlay render(String name) {
        String text = run(
                "kubectl",
                "kustomize",
                Project.file("deploy/kubernetes/overlays/" + name).toString());
        return new Overlay(name, Project.yaml(text).stream().map(Manifest::new).toList());
    }

    private static Optional<Integer> kubectlVersion() {
        try {
            Matcher version = VERSION.matcher(output(new ProcessBuilder("kubectl", "version", "--client")));
            return version.find() ? Optional.of(Integer.valueOf(version.group(1))) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    private static String run(String... command) {
        try {
            return output(new ProcessBuilder(command));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String output(ProcessBuilder builder) throws IOException {
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", builder.command()) + " failed");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return text;
    }

    public Stream<Manifest> ofKind(String kind) {
        return objects.stream().filter(object -> object.kind().equals(kind));
    }

    public Optional<Manifest> find(String kind, String name) {
        return ofKind(kind).filter(object -> object.name().equals(name)).findFirst();
    }

    public Manifest get(String kind, String name) {
        return find(kind, name).orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + this.name));
    }

    /** The containers of all pods that are not an operator's, those before the start included. */
    public List<Container> containers() {
        List<Container> all = new ArrayList<>();
        PODS.forEach((kind, place) -> ofKind(kind).forEach(owner -> {
            JsonNode pod = owner.json().at(place);
            Stream.of("initContainers", "containers", "ephemeralContainers")
                    .flatMap(list -> pod.path(list).valueStream())
                    .forEach(json -> all.add(new Container(owner, pod, json)));
        }));
        return all;
    }

    @Override
    public String toString() {
        return name;
    }
}

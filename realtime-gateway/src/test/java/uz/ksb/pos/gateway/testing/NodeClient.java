package uz.ksb.pos.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The real socket.io-client in a process of its own: does what it is told, and tells what happens. */
public final class NodeClient implements AutoCloseable {
    /** Options of a client: as the library has them, or one transport only. */
    public static final String DEFAULT = "{}";

    public static final String WEBSOCKET = "{\"transports\":[\"websocket\"]}";
    public static final String POLLING = "{\"transports\":[\"polling\"]}";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LIMIT_SECONDS = 15;

    private final Process process;
    private final Writer commands;
    private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    private final List<JsonNode> skipped = new ArrayList<>();

    public NodeClient() {
        Path folder = NodePackages.installed();
        try {
            process = new ProcessBuilder("node", "client.js")
                    .directory(folder.toFile())
                    .redirectError(folder.resolve("client-errors.txt").toFile())
                    .start();
            commands = process.outputWriter(StandardCharsets.UTF_8);
            Thread unused = Thread.ofVirtual().start(this::listen);
            JsonNode unusedReady = next("ready");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs {@code script}, which may use the packages, as a file of this name. */
    public static Process start(String name, String script, Map<String, String> environment) throws IOException {
        Path folder = NodePackages.installed();
        Files.writeString(folder.resolve(name), script);
        ProcessBuilder builder =
                new ProcessBuilder("node", name).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard.add(JSON.readTree(line));
            }
        } catch (IOException ended) {
            // The time limit ends a test that waits.
        }
    }

    /** @param command as {@code client.js} takes it, in single quotes */
    public NodeClient tell(String command) {
        try {
            commands.write(command.replace('\'', '"') + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** @param auth a JSON object, the first one; see {@link #auth} */
    public NodeClient connect(String url, String options, String auth) {
        return tell("{'do':'connect','url':'" + url + "','options':" + options + ",'auth':" + auth + "}");
    }

    /** Sets the result of the client's auth function. */
    public NodeClient auth(String auth) {
        return tell("{'do':'auth','auth':" + auth + "}");
    }

    /** Emits an event and awaits its acknowledgement. @param arguments a JSON array. @return those of the answer */
    public JsonNode ask(String name, String arguments) {
        String tag = name + System.nanoTime();
        tell("{'do':'emit','name':'" + name + "','args':" + arguments + ",'tag':'" + tag + "'}");
        JsonNode answer = next("ack");
        if (!answer.path("tag").asText().equals(tag)) {
            throw new AssertionError("expected the answer to " + tag + " but heard " + answer);
        }
        return answer.path("args");
    }

    public NodeClient emit(String name, String arguments) {
        return tell("{'do':'emit','name':'" + name + "','args':" + arguments + "}");
    }

    /** The next of a kind; others before it are kept. */
    public JsonNode next(String on) {
        return next(on, null);
    }

    /** The arguments of the next event of this name. */
    public JsonNode event(String name) {
        return next("event", name).path("args");
    }

    private JsonNode next(String on, String name) {
        for (JsonNode before : skipped) {
            if (matches(before, on, name)) {
                skipped.remove(before);
                return before;
            }
        }
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (true) {
                JsonNode one = heard.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (one == null) {
                    throw new AssertionError("no " + on + " " + name + ", but " + skipped);
                }
                if (matches(one, on, name)) {
                    return one;
                }
                skipped.add(one);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean matches(JsonNode one, String on, String name) {
        return one.path("on").asText().equals(on)
                && (name == null || one.path("name").asText().equals(name));
    }

    /** All that was heard and not asked for, so far. */
    public List<JsonNode> others() {
        heard.drainTo(skipped);
        return List.copyOf(skipped);
    }

    @Override
    public void close() {
        process.destroy();
    }
}

package uz.ksb.pos.till;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A till with one live connection that keeps everything it hears. */
public final class LiveTill implements LiveConnection.Listener, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final LiveConnection connection;

    /** Waits until it is subscribed. */
    public LiveTill(int port, String token, String... channels) {
        this(port, token);
        connection.subscribe(null, channels);
        JsonNode unused = await("subscribed", frame -> frame.path("op").asText().equals("subscribed"));
    }

    /** Sends its token and waits for nothing. */
    public LiveTill(int port, String token) {
        connection = LiveConnection.open(port, token, this);
    }

    public void say(String message) {
        connection.say(message);
    }

    /** The code with which the server closes the connection; waits for it at most 20 s. */
    public int closeCode() {
        return closeCode.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    public boolean isClosed() {
        return closeCode.isDone();
    }

    /** Everything it has heard until now, in order. */
    public List<JsonNode> heard() {
        return heard;
    }

    /**
     * The first frame that fits, heard already or within 20 s.
     *
     * @param what its name in the failure
     */
    public JsonNode await(String what, Predicate<JsonNode> fits) {
        long end = System.nanoTime() + LIMIT.toNanos();
        synchronized (heard) {
            while (true) {
                Optional<JsonNode> found = heard.stream().filter(fits).findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("no " + what + " among " + heard.size() + " frames");
                }
                pause(left);
            }
        }
    }

    private void pause(long millis) {
        try {
            heard.wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The first event of the type whose data fits, heard already or within 20 s. */
    public JsonNode awaitEvent(String type, Predicate<JsonNode> data) {
        return await(
                type,
                frame -> frame.path("op").asText().equals("event")
                        && frame.path("type").asText().equals(type)
                        && data.test(frame.path("data")));
    }

    @Override
    public void frame(JsonNode frame) {
        synchronized (heard) {
            heard.add(frame);
            heard.notifyAll();
        }
    }

    @Override
    public void closed(int code) {
        boolean unused = closeCode.complete(code);
    }

    @Override
    public void close() {
        connection.close();
    }
}

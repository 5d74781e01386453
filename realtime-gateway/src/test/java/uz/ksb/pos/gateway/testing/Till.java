package uz.ksb.pos.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.gateway.hub.ClientSink;
import uz.ksb.pos.gateway.hub.Subscriber;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.protocol.ServerMessage;
import uz.ksb.pos.gateway.token.VerifiedToken;
import uz.ksb.pos.platform.caller.Caller;

/** A client of a {@link Node}: what it hears, and no socket. Takes only as many messages as it is told to. */
public final class Till implements ClientSink {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LIMIT_SECONDS = 10;

    public final Node node;
    public final List<UUID> ids = Collections.synchronizedList(new ArrayList<>());
    public final List<Boolean> recovered = Collections.synchronizedList(new ArrayList<>());
    public final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    public volatile String position;
    public volatile String other = "";
    public volatile long takes = Long.MAX_VALUE;
    public volatile CloseReason closed;

    private final ExecutorService loop;
    private final String ksbId;
    private Subscriber subscriber;

    public Till(Node node, ExecutorService loop, String ksbId) {
        this.node = node;
        this.loop = loop;
        this.ksbId = ksbId;
    }

    public Till subscribe(Optional<String> since, String... channels) throws Exception {
        run(() -> {
            subscriber = node.hub.join(verified(ksbId), this);
            CompletableFuture<Void> unused =
                    subscriber.subscribe(List.of(channels), since).toCompletableFuture();
        });
        return this;
    }

    public void leave() throws Exception {
        run(subscriber::leave);
    }

    public String pong() throws Exception {
        run(subscriber::ping);
        return other;
    }

    public void take(long more) throws Exception {
        run(() -> {
            takes = more;
            subscriber.pump();
        });
    }

    private void run(Runnable action) throws Exception {
        loop.submit(action).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void send(ServerMessage message) {
        send(message.json());
    }

    @Override
    public void send(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        messages.add(text);
        JsonNode message = read(text);
        position = message.path("position").asText(position);
        switch (message.path("op").asText()) {
            case "event" -> {
                ids.add(UUID.fromString(message.path("id").asText()));
                takes--;
            }
            case "subscribed" -> recovered.add(message.path("recovered").asBoolean());
            default -> other = text;
        }
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void flush() {}

    @Override
    public boolean isFull() {
        return takes <= 0;
    }

    @Override
    public void close(CloseReason reason) {
        closed = reason;
    }

    @Override
    public Loop loop() {
        return new Loop(
                loop, loop, (action, nanos) -> CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, loop)
                        .execute(action));
    }

    /** The content of a token that was issued a minute ago. */
    public static VerifiedToken verified(String ksbId) {
        Caller caller = new Caller(
                ksbId,
                "till",
                "1",
                "user",
                "login",
                Set.of(),
                ZoneId.of("UTC"),
                LocalTime.MIDNIGHT,
                "UZS",
                null,
                Set.of(),
                false,
                false,
                true);
        return new VerifiedToken(caller, "token", Instant.now().minusSeconds(60), Instant.MAX);
    }
}

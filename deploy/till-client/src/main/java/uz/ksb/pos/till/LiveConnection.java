package uz.ksb.pos.till;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.List;
import java.util.concurrent.CompletionException;

/** One WebSocket connection to {@code /ws} (subprotocol {@code pos.v1}) that has sent its token. */
public final class LiveConnection implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_MESSAGE_BYTES = 4 << 20;
    private static final int MAX_CONNECTIONS = 20_000;

    private static final WebSocketClient CLIENT = Vertx.vertx(
                    new VertxOptions().setEventLoopPoolSize(2).setUseDaemonThread(true))
            .createWebSocketClient(new WebSocketClientOptions()
                    .setMaxConnections(MAX_CONNECTIONS)
                    .setMaxFrameSize(MAX_MESSAGE_BYTES)
                    .setMaxMessageSize(MAX_MESSAGE_BYTES));

    private final WebSocket socket;

    private LiveConnection(WebSocket socket) {
        this.socket = socket;
    }

    /** Called on an event loop, one call at a time: must not block. */
    public interface Listener {
        void frame(JsonNode frame);

        /** @param code of the server's close frame, -1 when the connection broke */
        void closed(int code);
    }

    /**
     * Connects and sends the token; waits for the connection, not for the server's welcome.
     *
     * @throws IllegalStateException when nobody answers or the upgrade is refused
     */
    public static LiveConnection open(int port, String token, Listener listener) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/ws")
                .setSubProtocols(List.of("pos.v1"));
        try {
            WebSocket socket = CLIENT.connect(options)
                    .onSuccess(connected -> listen(connected, listener))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            LiveConnection connection = new LiveConnection(socket);
            connection.say("{\"op\":\"auth\",\"token\":\"" + token + "\"}");
            return connection;
        } catch (CompletionException e) {
            throw new IllegalStateException("no live connection at port " + port, e.getCause());
        }
    }

    /** On the connection's event loop, before its first frame. */
    private static void listen(WebSocket socket, Listener listener) {
        socket.textMessageHandler(text -> listener.frame(read(text)));
        socket.exceptionHandler(broken -> {});
        socket.closeHandler(ended -> listener.closed(socket.closeStatusCode() == null ? -1 : socket.closeStatusCode()));
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + text, e);
        }
    }

    /** Sends a message; what becomes of it is not waited for. */
    public void say(String message) {
        var unused = socket.writeTextMessage(message);
    }

    /** @param since a position to resume from; null: none */
    public void subscribe(String since, String... channels) {
        String rest = since == null ? "" : ",\"since\":\"" + since + "\"";
        say("{\"op\":\"subscribe\",\"channels\":[\"" + String.join("\",\"", channels) + "\"]" + rest + "}");
    }

    @Override
    public void close() {
        var unused = socket.close();
    }
}

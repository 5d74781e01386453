package uz.ksb.pos.benchmarks.gateway.server;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.benchmarks.gateway.event.Events;

/**
 * The least that could do it: what stands on the standard input is framed once and written to every client as it is, one
 * write per client and batch. No tokens, no channels, no positions, no limits, no Kafka.
 */
public final class BareServer {
    public static final String WELCOME = "welcome";

    private static final List<Clients> LOOPS = new CopyOnWriteArrayList<>();
    /** The parts of the gateway's message around the data. */
    private static final String ENVELOPE = "{\"op\":\"event\",\"channel\":\"customers\",\"type\":\"customer.changed\","
            + "\"id\":\"0198c0de-0000-7000-8000-000000000000\",\"time\":\"2026-01-01T00:00:00.000000Z\","
            + "\"position\":\"0000000000000000000000000000000000000000\",\"data\":";

    private BareServer() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        Vertx vertx = Vertx.vertx();
        vertx.deployVerticle(
                        () -> new Clients(port),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        pass(new BufferedInputStream(System.in, 1 << 16));
        System.exit(0);
    }

    private static void pass(BufferedInputStream events) throws IOException {
        byte[] line = new byte[Events.BYTES + 1];
        while (events.readNBytes(line, 0, line.length) == line.length) {
            Buffer batch = Buffer.buffer();
            frame(batch, line);
            while (events.available() >= line.length && events.readNBytes(line, 0, line.length) == line.length) {
                frame(batch, line);
            }
            LOOPS.forEach(clients -> clients.tell(batch));
        }
    }

    private static void frame(Buffer batch, byte[] line) {
        byte[] before = ENVELOPE.getBytes(StandardCharsets.US_ASCII);
        batch.appendByte((byte) 0x81)
                .appendByte((byte) 126)
                .appendShort((short) (before.length + Events.BYTES + 1))
                .appendBytes(before)
                .appendBytes(line, 0, Events.BYTES)
                .appendByte((byte) '}');
    }

    /** Those of one event loop. */
    private static final class Clients extends AbstractVerticle {
        private final int port;
        private final List<NetSocket> sockets = new ArrayList<>();

        Clients(int port) {
            this.port = port;
        }

        @Override
        public void start(Promise<Void> started) {
            LOOPS.add(this);
            vertx.createHttpServer()
                    .requestHandler(this::upgrade)
                    .listen(port, "127.0.0.1")
                    .<Void>mapEmpty()
                    .onComplete(started);
        }

        private void upgrade(HttpServerRequest request) {
            // The clients' key is always the same, and so is the answer (RFC 6455, 1.3).
            request.response().headers().add("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            request.response().headers().add("Upgrade", "websocket").add("Connection", "Upgrade");
            request.response().setStatusCode(101);
            request.toNetSocket().onSuccess(socket -> {
                socket.closeHandler(gone -> sockets.remove(socket));
                sockets.add(socket);
                socket.write(Buffer.buffer()
                        .appendByte((byte) 0x81)
                        .appendByte((byte) WELCOME.length())
                        .appendString(WELCOME));
            });
        }

        void tell(Buffer batch) {
            context.runOnContext(run -> sockets.forEach(socket -> socket.write(batch)));
        }
    }
}

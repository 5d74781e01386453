package uz.ksb.pos.simulator.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletionException;

/** Writes a chunked response from a thread that may wait: at most one piece is on its way. */
final class ResponseStream extends OutputStream {

    private static final int PIECE = 32 * 1024;

    private final HttpServerResponse response;
    private Buffer piece = Buffer.buffer(PIECE);

    ResponseStream(HttpServerResponse response) {
        this.response = response.setChunked(true);
    }

    @Override
    public void write(int oneByte) throws IOException {
        piece.appendByte((byte) oneByte);
        sendFull();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        piece.appendBytes(bytes, offset, length);
        sendFull();
    }

    private void sendFull() throws IOException {
        if (piece.length() >= PIECE) {
            await(response.write(piece));
            piece = Buffer.buffer(PIECE);
        }
    }

    @Override
    public void flush() {
        // A piece leaves when it is full; the rest leaves at the end.
    }

    /** Sends what is left, without an end. */
    void sendRest() throws IOException {
        await(response.write(piece));
        piece = Buffer.buffer();
    }

    /** Ends the response; only then does the caller know that it has everything. */
    void end() throws IOException {
        await(response.end(piece));
    }

    private static void await(Future<Void> sent) throws IOException {
        try {
            sent.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException gone) {
            throw new IOException("the caller has gone", gone.getCause());
        }
    }
}

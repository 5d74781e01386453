package uz.ksb.pos.gateway.socketio.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import uz.ksb.pos.gateway.socketio.packet.EnginePacket;
import uz.ksb.pos.gateway.socketio.packet.MalformedPacket;
import uz.ksb.pos.gateway.socketio.packet.PollingPayload;

/** Reads the packets in the body of a POST, as much as is allowed. On the event loop of the request. */
public final class PostedBody {
    private final int maxBytes;
    private final Reader reader;
    private Buffer body = Buffer.buffer();
    private boolean refused;

    /** The one who asked. One of both is called, once. */
    public interface Reader {
        /** @param packets null when the body is malformed */
        void read(List<EnginePacket> packets, int bytes);

        void refused(Refusal refusal);
    }

    private PostedBody(int maxBytes, Reader reader) {
        this.maxBytes = maxBytes;
        this.reader = reader;
    }

    public static void read(HttpServerRequest request, int maxBytes, Reader reader) {
        PostedBody posted = new PostedBody(maxBytes, reader);
        request.exceptionHandler(broken -> posted.refuse(Refusal.BAD_REQUEST));
        request.handler(posted::add);
        request.endHandler(end -> posted.end());
        // A filter may have paused it.
        request.resume();
    }

    private void add(Buffer piece) {
        if (refused) {
            return;
        }
        if (body.length() + piece.length() > maxBytes) {
            refuse(Refusal.TOO_LARGE);
        } else {
            body.appendBuffer(piece);
        }
    }

    private void refuse(Refusal refusal) {
        if (!refused) {
            refused = true;
            body = Buffer.buffer();
            reader.refused(refusal);
        }
    }

    private void end() {
        if (!refused) {
            reader.read(packets(), body.length());
        }
    }

    private List<EnginePacket> packets() {
        try {
            return PollingPayload.decode(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.getBytes()))
                    .toString());
        } catch (MalformedPacket | CharacterCodingException malformed) {
            return null;
        }
    }
}

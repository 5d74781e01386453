package uz.ksb.pos.gateway.socketio.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.gateway.socketio.http.Exchange;
import uz.ksb.pos.gateway.socketio.http.Refusal;
import uz.ksb.pos.gateway.socketio.packet.EnginePacket;
import uz.ksb.pos.gateway.socketio.packet.PollingPayload;

/** Long polling: packets wait for the client's next GET. On the session's event loop. */
final class PollingTransport implements Transport {
    private static final int CLOGGED_BYTES = 64 * 1024;
    /** A client that closes with a POST has a GET under way, on another connection. */
    private static final long GOODBYE_MILLIS = 50;

    private static final byte[] CLOSE = "1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOOP = "6".getBytes(StandardCharsets.US_ASCII);

    private final EngineSession session;
    private final List<Outgoing> queue = new ArrayList<>();
    private long queuedBytes;
    private Exchange poll;
    /** A POST that is not answered yet: the client sends no other one meanwhile. */
    private Exchange post;

    private boolean paused;
    /** The last answer to a GET, once it ends; null: it does not. */
    private byte[] lastWord;

    /** The client has closed, and its POST that said so waits. */
    private boolean leaving;

    private boolean gone;

    PollingTransport(EngineSession session) {
        this.session = session;
    }

    /** A packet that waits. */
    private record Outgoing(byte[] data, boolean binary) {
        byte[] text() {
            return binary ? EnginePacket.encodeBase64(data) : data;
        }
    }

    /** @return false: there is one already, and the session must end */
    boolean poll(Exchange exchange) {
        if (poll != null) {
            exchange.refuse(Refusal.BAD_REQUEST);
            return false;
        }
        poll = exchange;
        if (lastWord != null) {
            sayLastWord();
        } else {
            flush();
        }
        return true;
    }

    boolean isPending(Exchange exchange) {
        return poll == exchange;
    }

    /** Answers a pending GET with nothing: the client is changing to another transport. */
    void release() {
        if (poll != null) {
            answer(NOOP);
        }
    }

    /** Answers a POST, now or when the client may be heard again. */
    void posted(Exchange exchange) {
        if (!gone && (paused || leaving)) {
            post = exchange;
        } else {
            exchange.ok();
        }
    }

    /** Whether nothing of the session is left. */
    boolean isGone() {
        return gone;
    }

    boolean isPosting() {
        return post != null;
    }

    @Override
    public void send(byte[] packet) {
        add(new Outgoing(packet, false));
    }

    @Override
    public void sendBinary(byte[] message) {
        add(new Outgoing(message, true));
    }

    @Override
    public void send(PacketBatch batch) {
        batch.packets().forEach(this::send);
    }

    private void add(Outgoing packet) {
        queue.add(packet);
        queuedBytes += packet.data().length;
        if (queuedBytes > session.options().maxQueued()) {
            session.abort();
        }
    }

    /** Another transport has all that waits. */
    void moveTo(Transport other) {
        for (Outgoing packet : takeQueue()) {
            if (packet.binary()) {
                other.sendBinary(packet.data());
            } else {
                other.send(packet.data());
            }
        }
    }

    private List<Outgoing> takeQueue() {
        List<Outgoing> waiting = List.copyOf(queue);
        queue.clear();
        queuedBytes = 0;
        return waiting;
    }

    @Override
    public void flush() {
        if (poll != null && !queue.isEmpty()) {
            answer(PollingPayload.encode(
                    takeQueue().stream().map(Outgoing::text).toList()));
        }
    }

    private void answer(byte[] payload) {
        Exchange answered = poll;
        poll = null;
        answered.packets(payload);
    }

    @Override
    public boolean isFull() {
        return poll == null || isClogged();
    }

    @Override
    public boolean isClogged() {
        return queuedBytes > CLOGGED_BYTES;
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        answerPost();
    }

    private void answerPost() {
        if (post != null) {
            post.ok();
            post = null;
        }
    }

    /** The client has closed: a GET that it still has under way is answered, then its POST. */
    void closedByClient() {
        List<Outgoing> unused = takeQueue();
        leaving = true;
        end(NOOP, GOODBYE_MILLIS);
    }

    @Override
    public void close(boolean gracefully) {
        if (!gracefully) {
            List<Outgoing> unused = takeQueue();
        }
        end(CLOSE, queue.isEmpty() ? 0 : session.options().pingTimeout().toMillis());
    }

    /** @param millis how long a GET is waited for */
    private void end(byte[] word, long millis) {
        if (lastWord != null) {
            return;
        }
        lastWord = word;
        if (poll != null) {
            sayLastWord();
        } else if (millis == 0) {
            ended();
        } else {
            ScheduledFuture<?> unused = session.loop().after(TimeUnit.MILLISECONDS.toNanos(millis), this::ended);
        }
    }

    private void sayLastWord() {
        send(lastWord);
        flush();
        ended();
    }

    private void ended() {
        if (!gone) {
            gone = true;
            answerPost();
            List<Outgoing> unused = takeQueue();
            session.forget();
        }
    }
}

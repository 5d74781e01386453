package uz.ksb.pos.benchmarks.gateway.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.gateway.event.Events;
import uz.ksb.pos.benchmarks.gateway.server.Target;

/** Many clients of one target, read by one thread that skips from message to message. */
public final class Crowd implements AutoCloseable {
    private static final int ROOM = 512 * 1024;
    private static final Duration WELCOME_LIMIT = Duration.ofMinutes(1);

    private final Selector selector;
    private final List<Client> clients = new ArrayList<>();
    private final ByteBuffer room = ByteBuffer.allocateDirect(ROOM);
    private final Thread reader;
    private volatile Step step = new Step(0, 0);
    private volatile int welcomed;
    private volatile String otherWords = "nothing";
    private volatile boolean closed;
    private volatile IOException broken;

    private Crowd(Selector selector) {
        this.selector = selector;
        this.reader = Thread.ofPlatform().daemon().name("crowd").unstarted(this::read);
    }

    /** Connected, and all of them welcome: what is published from now on goes to each. */
    public static Crowd of(int size, Target target) throws InterruptedException {
        try {
            Crowd crowd = new Crowd(Selector.open());
            try {
                crowd.open(size, target);
                return crowd;
            } catch (Throwable failure) {
                crowd.close();
                throw failure;
            }
        } catch (IOException e) {
            throw new BenchFailed(target.name() + " refuses a client", e);
        }
    }

    private void open(int size, Target target) throws IOException, InterruptedException {
        for (int client = 0; client < size; client++) {
            connect(target);
        }
        reader.start();
        long end = System.nanoTime() + WELCOME_LIMIT.toNanos();
        while (welcomed < size) {
            requireWhole();
            if (System.nanoTime() > end) {
                throw new BenchFailed("%s made %d of %d clients welcome; the last of the others was told: %s"
                        .formatted(target.name(), welcomed, size, otherWords));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    public int size() {
        return clients.size();
    }

    /** From now on what arrives counts for {@code next}. */
    public void count(Step next) {
        step = next;
    }

    /** @throws BenchFailed when a client was cut off */
    public void requireWhole() {
        if (broken != null) {
            throw new BenchFailed("a client of the crowd was cut off", broken);
        }
    }

    private void connect(Target target) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", target.port()));
        String request = "GET " + target.path() + " HTTP/1.1\r\nHost: 127.0.0.1:" + target.port()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        write(channel, ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        awaitUpgrade(channel);
        for (String message : target.greeting()) {
            write(channel, Masked.text(message));
        }
        channel.configureBlocking(false);
        Client client = new Client(channel, target);
        clients.add(client);
        SelectionKey unused = channel.register(selector, SelectionKey.OP_READ, client);
    }

    private static void awaitUpgrade(SocketChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            if (channel.read(one.clear()) < 0) {
                throw new EOFException("closed instead of upgraded: " + answer);
            }
            answer.append((char) one.get(0));
        }
        if (!answer.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("not upgraded: " + answer);
        }
    }

    private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void read() {
        try {
            while (!closed) {
                selector.select(key -> read((Client) key.attachment()));
            }
        } catch (IOException | UncheckedIOException e) {
            if (!closed) {
                broken = new IOException(e.getMessage(), e);
            }
        }
    }

    private void read(Client client) {
        try {
            room.clear().put(client.rest, 0, client.restLength);
            if (client.channel.read(room) < 0) {
                throw new EOFException("closed by the server");
            }
            long now = System.nanoTime();
            client.take(room.flip(), now, step);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Client client : clients) {
            closeQuietly(client.channel);
        }
        closeQuietly(selector);
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception gone) {
            // Nothing is left to do with it.
        }
    }

    /** One connection; keeps what came of a message that is not complete. */
    private final class Client {
        private static final int OPCODE = 0x0f;
        private static final int PING = 9;
        private static final int CLOSE = 8;
        private static final int LENGTH = 0x7f;
        private static final int TWO_BYTES = 126;
        private static final int MAX_HEADER = 10;
        private static final int MAX_FRAME = 64 * 1024;
        private static final int MIN_EVENT = Events.BYTES;

        private final SocketChannel channel;
        private byte[] rest = new byte[1024];
        private int restLength;
        private int last = -1;
        /** The first message it needs; null once it was sent. */
        private String awaited;

        private final Target target;

        Client(SocketChannel channel, Target target) {
            this.channel = channel;
            this.target = target;
            this.awaited = target.welcome();
        }

        void take(ByteBuffer bytes, long now, Step step) throws IOException {
            int at = 0;
            int limit = bytes.limit();
            // A ping may be two bytes and all there is for a while: it is answered at once.
            while (limit - at >= 2) {
                int length = bytes.get(at + 1) & LENGTH;
                int body = at + 2;
                if (length >= TWO_BYTES && limit - at < MAX_HEADER) {
                    break;
                }
                if (length == TWO_BYTES) {
                    length = bytes.getShort(at + 2) & 0xffff;
                    body = at + 4;
                } else if (length > TWO_BYTES) {
                    length = (int) bytes.getLong(at + 2);
                    body = at + 10;
                }
                if (body + length > limit) {
                    break;
                }
                message(bytes, bytes.get(at) & OPCODE, body, length, now, step);
                at = body + length;
            }
            keep(bytes, at, limit);
        }

        private void message(ByteBuffer bytes, int opcode, int body, int length, long now, Step step)
                throws IOException {
            if (awaited != null && opcode == 1) {
                hear(bytes, body, length);
            } else if (length >= MIN_EVENT && opcode == 1) {
                int number = Events.number(bytes, target.endOfEvent(bytes, body + length));
                if (number >= 0) {
                    step.arrived(number, number == last + 1 || last < 0 || step.isFirst(number), now);
                    last = number;
                }
            } else if (opcode == PING) {
                write(channel, Masked.pong());
            } else if (opcode == CLOSE) {
                throw new EOFException("close frame");
            } else if (length == 1 && bytes.get(body) == '2') {
                // Engine.IO's ping.
                write(channel, Masked.text("3"));
            }
        }

        @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread reads all clients
        private void hear(ByteBuffer bytes, int body, int length) {
            byte[] words = new byte[length];
            bytes.get(body, words);
            String text = new String(words, StandardCharsets.UTF_8);
            if (text.contains(awaited)) {
                awaited = null;
                welcomed++;
            } else {
                otherWords = text;
            }
        }

        private void keep(ByteBuffer bytes, int from, int limit) {
            restLength = limit - from;
            if (rest.length < restLength) {
                rest = new byte[Math.min(Math.max(restLength, 2 * rest.length), MAX_FRAME + restLength)];
            }
            bytes.get(from, rest, 0, restLength);
        }
    }
}

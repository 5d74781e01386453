package uz.ksb.pos.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A till that follows the sales of one enterprise through breaks and moves, and checks that their numbers come one after
 * the other. On a (virtual) thread of its own.
 */
final class HistoryTill implements Runnable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final LiveNodes nodes;
    private final String token;
    private int node;
    private String position;
    private volatile boolean stopped;
    private volatile boolean connected;
    private volatile long next;
    private volatile String wrong;
    private volatile long offlineNanos;
    private long leaveAt = Long.MAX_VALUE;

    HistoryTill(LiveNodes nodes, int node, String token) {
        this.nodes = nodes;
        this.node = node;
        this.token = token;
    }

    boolean isConnected() {
        return connected;
    }

    /** The number of the next sale. */
    long next() {
        return next;
    }

    /** The first thing that was not as promised; null: none. */
    String wrong() {
        return wrong;
    }

    /** The longest time without a connection. */
    long longestBreakMillis() {
        return TimeUnit.NANOSECONDS.toMillis(offlineNanos);
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        long lostAt = System.nanoTime();
        while (!stopped) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), nodes.port(node))) {
                socket.setSoTimeout(200);
                follow(socket, lostAt);
            } catch (IOException away) {
                // Another node may be there.
            }
            if (connected) {
                connected = false;
                lostAt = System.nanoTime();
            }
            leaveAt = Long.MAX_VALUE;
            node = 1 - node;
            pause();
        }
    }

    private void follow(Socket socket, long lostAt) throws IOException {
        DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 1 << 13));
        socket.getOutputStream()
                .write(("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Protocol: pos.v1\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        socket.setSoTimeout(30_000);
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            return;
        }
        send(socket, TEXT, "{\"op\":\"auth\",\"token\":\"" + token + "\"}");
        String since = position == null ? "" : ",\"since\":\"" + position + "\"";
        send(socket, TEXT, "{\"op\":\"subscribe\",\"channels\":[\"sales\"]" + since + "}");
        while (!stopped && System.nanoTime() < leaveAt && read(socket, in, lostAt)) {
            // until the connection ends
        }
    }

    private boolean read(Socket socket, DataInputStream in, long lostAt) throws IOException {
        if (in.available() == 0) {
            pause();
            // A byte to know whether the connection still stands.
            if (in.available() == 0) {
                send(socket, PONG, "");
                return true;
            }
        }
        int first = in.readUnsignedByte() & 0xf;
        long length = in.readUnsignedByte();
        length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
        String text = new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
        if (first == PING) {
            send(socket, PONG, text);
        } else if (first == TEXT) {
            hear(JSON.readTree(text), lostAt);
        }
        return first != CLOSE;
    }

    private void hear(JsonNode message, long lostAt) {
        switch (message.path("op").asText()) {
            case "subscribed" -> {
                if (position != null) {
                    offlineNanos = Math.max(offlineNanos, System.nanoTime() - lostAt);
                    check(message.path("recovered").asBoolean(), "not recovered");
                }
                position = message.path("position").asText();
                connected = true;
            }
            case "event" -> {
                long number = message.path("data").path("n").asLong();
                check(number == next, (number < next ? "doubled " : "lost before ") + number + ", expected " + next);
                next = number + 1;
                position = message.path("position").asText();
            }
            case "move" -> {
                long within = TimeUnit.SECONDS.toNanos(message.path("within").asLong());
                leaveAt =
                        System.nanoTime() + (long) (ThreadLocalRandom.current().nextDouble() * within);
            }
            default -> check(message.path("op").asText().equals("welcome"), message.toString());
        }
    }

    private void check(boolean right, String otherwise) {
        if (!right && wrong == null) {
            wrong = otherwise;
        }
    }

    /** A masked frame; the mask is zero. */
    private static void send(Socket socket, int kind, String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) (0x80 | kind));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.putInt(0).put(payload);
        socket.getOutputStream().write(frame.array(), 0, frame.position());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100 + ThreadLocalRandom.current().nextInt(400));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

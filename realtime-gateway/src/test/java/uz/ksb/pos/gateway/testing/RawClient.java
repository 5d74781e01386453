package uz.ksb.pos.gateway.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A client that writes whatever bytes it likes, and reads only when it is asked to. */
public final class RawClient implements AutoCloseable {
    public static final int TEXT = 1;
    public static final int CONTINUATION = 0;
    public static final int CLOSE = 8;
    public static final int PING = 9;

    private static final int PONG = 10;
    private static final int LIMIT_MILLIS = 30_000;
    private static final int MAX_AHEAD = 1_000;

    private final Socket socket = new Socket();
    private final PushbackInputStream ahead;
    private final DataInputStream in;
    private final ByteArrayOutputStream bytesAhead = new ByteArrayOutputStream();
    private String last = "";
    private boolean answersPings = true;
    private String head;

    /** @param receiveBuffer bytes of the kernel's buffer; 0: as the system likes */
    public RawClient(int port, int receiveBuffer) {
        this(port, receiveBuffer, "Sec-WebSocket-Protocol: pos.v1");
    }

    /** @param headers besides those that every upgrade needs */
    public RawClient(int port, int receiveBuffer, String... headers) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout(LIMIT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            ahead = new PushbackInputStream(
                    new BufferedInputStream(socket.getInputStream(), receiveBuffer > 0 ? 1 : 8_192), MAX_AHEAD);
            in = new DataInputStream(ahead);
            upgrade(headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void upgrade(String... headers) throws IOException {
        write(("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                        + String.join("\r\n", headers) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) in.readByte());
        }
        head = answer.toString();
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new AssertionError(head);
        }
    }

    /** The server's answer to the upgrade. */
    public String head() {
        return head;
    }

    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Behaves from now on like a client whose cable was cut. */
    public RawClient answersNoPings() {
        answersPings = false;
        return this;
    }

    public RawClient text(String text) throws IOException {
        return frame(0x80 | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A masked frame; the mask is zero. */
    public RawClient frame(int first, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length <= 0xffff) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        write(bytes);
        return this;
    }

    /** Reads until a text contains {@code part}. */
    public String awaitText(String part) throws IOException {
        String text = next();
        while (!text.contains(part)) {
            text = next();
        }
        return text;
    }

    /** The next text. */
    public String next() throws IOException {
        last = null;
        while (last == null) {
            int code = read();
            if (code >= 0) {
                throw new AssertionError("closed with " + code);
            }
        }
        return last;
    }

    /** Takes one byte from the network, for what is read later. */
    public void readByteAhead() throws IOException {
        int one = ahead.read();
        if (one < 0) {
            throw new IOException("closed");
        }
        bytesAhead.write(one);
    }

    /** Whether nothing follows but the end of the connection, which comes in time. */
    public boolean isAtEnd() {
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException cut) {
            return true;
        }
    }

    /** Reads to the end. @return the code that the server closed with; -1 without any */
    public int closeCode() {
        try {
            while (true) {
                int code = read();
                if (code >= 0) {
                    return code;
                }
            }
        } catch (java.net.SocketTimeoutException open) {
            throw new AssertionError("not closed after " + LIMIT_MILLIS + " ms", open);
        } catch (IOException broken) {
            return -1;
        }
    }

    private int read() throws IOException {
        if (bytesAhead.size() > 0) {
            ahead.unread(bytesAhead.toByteArray());
            bytesAhead.reset();
        }
        int first = in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = in.readNBytes((int) length);
        if ((first & 0xf) == CLOSE) {
            return payload.length < 2 ? -1 : ByteBuffer.wrap(payload).getShort() & 0xffff;
        }
        if ((first & 0xf) == PING && answersPings) {
            frame(0x80 | PONG, payload);
        }
        if ((first & 0xf) == TEXT) {
            last = new String(payload, StandardCharsets.UTF_8);
        }
        return -1;
    }

    /** Ends as one whose process was killed with something unread. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

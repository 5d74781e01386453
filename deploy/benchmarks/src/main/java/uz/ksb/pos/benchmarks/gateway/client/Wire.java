package uz.ksb.pos.benchmarks.gateway.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A client's end of a WebSocket whose reads block: for clients on virtual threads. Until {@link #hurry} it takes no byte more
 * than it is asked for.
 */
public final class Wire implements AutoCloseable {
    private static final int BUFFER = 8 * 1024;
    private static final int CONNECT_MILLIS = 5_000;
    /** Longer than two heartbeats of the server. */
    private static final int SILENCE_MILLIS = 60_000;

    private static final int OPCODE = 0x0f;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    private final Socket socket = new Socket();
    private final ByteArrayOutputStream ahead = new ByteArrayOutputStream();
    private DataInputStream in;

    private Wire() {}

    /** @param receiveBuffer bytes of the kernel's buffer; 0: as the system likes */
    public static Wire open(int port, String path, int receiveBuffer) throws IOException {
        Wire wire = new Wire();
        try {
            wire.connect(port, path, receiveBuffer);
            return wire;
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    private void connect(int port, String path, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(SILENCE_MILLIS);
        socket.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        write(ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII)));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) in.readUnsignedByte());
        }
        if (!answer.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("not upgraded: " + answer);
        }
    }

    /** From now on it takes all there is. */
    public void hurry() throws IOException {
        InputStream all =
                new SequenceInputStream(new ByteArrayInputStream(ahead.toByteArray()), socket.getInputStream());
        in = new DataInputStream(new BufferedInputStream(all, BUFFER));
        ahead.reset();
    }

    public void say(String text) throws IOException {
        write(Masked.text(text));
    }

    private void write(ByteBuffer bytes) throws IOException {
        socket.getOutputStream().write(bytes.array(), 0, bytes.limit());
    }

    /** Takes one byte from the network, which is read after {@link #hurry}. */
    public void takeByte() throws IOException {
        int one = socket.getInputStream().read();
        if (one < 0) {
            throw new EOFException("closed by the server");
        }
        ahead.write(one);
    }

    /**
     * The next text; pings before it are answered.
     *
     * @throws EOFException when the server closes the connection
     */
    public byte[] next() throws IOException {
        while (true) {
            int opcode = in.readUnsignedByte() & OPCODE;
            byte[] payload = in.readNBytes(length());
            switch (opcode) {
                case TEXT -> {
                    return payload;
                }
                case PING -> write(Masked.pong());
                case CLOSE -> throw new EOFException("close frame");
                default -> {}
            }
        }
    }

    private int length() throws IOException {
        int length = in.readUnsignedByte();
        if (length == TWO_BYTES) {
            return in.readUnsignedShort();
        }
        return length == EIGHT_BYTES ? Math.toIntExact(in.readLong()) : length;
    }

    /** Any thread: whoever reads is told by an exception. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // Nothing is left to do with it.
        }
    }
}

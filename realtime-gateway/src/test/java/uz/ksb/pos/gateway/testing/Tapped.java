package uz.ksb.pos.gateway.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that keeps every byte it is sent. The server neither masks nor compresses: what was said stands there as it is. */
public final class Tapped implements AutoCloseable {
    private static final Pattern POSITION = Pattern.compile("\"position\":\"([^\"]*)\"");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Socket socket;
    private volatile boolean ended;

    public Tapped(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.getOutputStream()
                    .write(("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            while (!all().endsWith("\r\n\r\n")) {
                bytes.write(in.read());
            }
            Thread unused = Thread.ofVirtual().start(() -> keep(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(InputStream in) {
        byte[] some = new byte[8_192];
        try {
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                bytes.write(some, 0, read);
            }
        } catch (IOException closed) {
            // Earlier messages count too.
        }
        ended = true;
    }

    /** A text, in a frame whose mask is zero; one who was closed is not heard. */
    public void say(String text) {
        byte[] words = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(words.length + 8).put((byte) 0x81);
        if (words.length < 126) {
            frame.put((byte) (0x80 | words.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) words.length);
        }
        frame.putInt(0).put(words);
        try {
            socket.getOutputStream().write(frame.array(), 0, frame.position());
        } catch (IOException closed) {
            ended = true;
        }
    }

    public boolean isEnded() {
        return ended;
    }

    /** All that came, each byte as the character of that number. */
    public String all() {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    public List<String> positions() {
        return POSITION.matcher(all()).results().map(found -> found.group(1)).toList();
    }

    /** How often {@code part} came. */
    public long count(String part) {
        Matcher found = Pattern.compile(Pattern.quote(part)).matcher(all());
        return found.results().count();
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

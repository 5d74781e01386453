package uz.ksb.pos.product.update;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Cuts a stream of bytes into lines, wherever its pieces happen to end. Not Vert.x's RecordParser, because that gives up the
 * whole stream at the first line that is too long.
 */
final class Lines {
    static final int LONGEST = 256 * 1024;

    private final Sink sink;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private boolean tooLong;
    private long number;

    Lines(Sink sink) {
        this.sink = sink;
    }

    /** Receives the lines, in order, counted from 1; blank ones are counted only. */
    interface Sink {
        void line(long number, String text);

        /**
         * @param start what can be shown of it
         */
        void unreadable(long number, String start, String reason);
    }

    void feed(Buffer piece) {
        byte[] bytes = piece.getBytes();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                take(bytes, start, i);
                finish();
                start = i + 1;
            }
        }
        take(bytes, start, bytes.length);
    }

    /** The last line needs no line feed. */
    void end() {
        if (begun.size() > 0) {
            finish();
        }
    }

    private void take(byte[] bytes, int start, int end) {
        int room = LONGEST - begun.size();
        tooLong |= end - start > room;
        begun.write(bytes, start, Math.min(end - start, room));
    }

    private void finish() {
        number++;
        byte[] bytes = begun.toByteArray();
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (tooLong) {
            sink.unreadable(number, text, "the line is longer than " + LONGEST / 1024 + " KB");
        } else if (text.indexOf('\uFFFD') >= 0 && !isUtf8(bytes)) {
            sink.unreadable(number, text, "the line is not UTF-8");
        } else if (!text.isBlank()) {
            sink.line(number, text);
        }
        begun.reset();
        tooLong = false;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .length()
                    >= 0;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}

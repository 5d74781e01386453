package uz.ksb.pos.product.update;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Cuts a stream of bytes into rows, wherever its pieces happen to end. Used by one thread at a time. */
abstract class RowCutter {
    /** The largest row, in bytes. */
    static final int MAX_ROW = 256 * 1024;

    private final ByteArrayOutputStream row = new ByteArrayOutputStream();
    private byte[] piece = {};
    private int position;
    private boolean tooLong;
    private long number;

    /**
     * A row as it came.
     *
     * @param number counted from 1
     * @param text what can be shown of it
     * @param fault why it cannot be read; null: it may be JSON
     */
    record RawRow(long number, String text, String fault) {}

    /** More bytes; the ones before have been cut. */
    void feed(byte[] bytes) {
        piece = bytes;
        position = 0;
    }

    /** The next row; null when its end has not come yet. */
    RawRow next() {
        while (position < piece.length) {
            position += keepUntilEnd(piece, position);
            if (position == piece.length) {
                break;
            }
            if (ends(piece[position++])) {
                RawRow next = finish();
                if (next != null) {
                    return next;
                }
            }
        }
        return null;
    }

    /** The last row, when all bytes were fed; null when there is none. */
    RawRow last() {
        return finish();
    }

    /** Takes one byte; whether a row ends with it. */
    abstract boolean ends(byte one);

    /** Takes bytes that certainly end no row, many at once; how many it took, 0 when that cannot be said. */
    int keepUntilEnd(byte[] bytes, int from) {
        return 0;
    }

    final void keep(byte[] bytes, int from, int count) {
        int room = Math.min(count, MAX_ROW - row.size());
        tooLong |= room < count;
        row.write(bytes, from, room);
    }

    final void keep(byte one) {
        if (row.size() == MAX_ROW) {
            tooLong = true;
        } else {
            row.write(one);
        }
    }

    /** Blank rows are counted only. */
    final void count() {
        number++;
    }

    private RawRow finish() {
        if (row.size() == 0) {
            return null;
        }
        byte[] bytes = row.toByteArray();
        row.reset();
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        if (tooLong) {
            tooLong = false;
            return new RawRow(number, text, "the row is longer than " + MAX_ROW / 1024 + " KB");
        }
        if (text.indexOf('\uFFFD') >= 0 && !isUtf8(bytes)) {
            return new RawRow(number, text, "the row is not UTF-8");
        }
        return text.isEmpty() ? null : new RawRow(number, text, null);
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

    /** NDJSON: a row is a line. */
    static final class Lines extends RowCutter {
        private boolean begun;
        private int markLeft = 3;

        @Override
        boolean ends(byte one) {
            if (!begun) {
                begun = true;
                count();
            }
            if (one == '\n') {
                begun = false;
                return true;
            }
            if (!isByteOrderMark(one)) {
                keep(one);
            }
            return false;
        }

        @Override
        int keepUntilEnd(byte[] bytes, int from) {
            if (!begun || markLeft > 0) {
                return 0;
            }
            int end = from;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            keep(bytes, from, end - from);
            return end - from;
        }

        private boolean isByteOrderMark(byte one) {
            boolean mark = markLeft > 0 && (one & 0xff) == new int[] {0xBF, 0xBB, 0xEF}[markLeft - 1];
            markLeft = mark ? markLeft - 1 : 0;
            return mark;
        }
    }

    /** A JSON array, known to be well-formed: a row is one of its elements. */
    static final class Elements extends RowCutter {
        private int depth;
        private boolean text;
        private boolean escaped;

        @Override
        boolean ends(byte one) {
            if (text) {
                text = escaped || one != '"';
                escaped = !escaped && one == '\\';
                keep(one);
                return false;
            }
            if (one == ']' || one == '}') {
                depth--;
            }
            boolean ends = depth == 0 && one == ']' || depth == 1 && one == ',';
            if (!ends && depth > 0) {
                keep(one);
            }
            if (one == '[' || one == '{') {
                depth++;
            }
            if (ends) {
                count();
            }
            text = one == '"';
            return ends;
        }
    }
}

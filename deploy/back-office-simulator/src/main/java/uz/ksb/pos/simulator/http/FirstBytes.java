package uz.ksb.pos.simulator.http;

import java.io.IOException;
import java.io.OutputStream;

/** Lets the first bytes through, drops the others, and counts all. */
final class FirstBytes extends OutputStream {

    private final OutputStream out;
    private final long limit;
    private long count;

    FirstBytes(OutputStream out, long limit) {
        this.out = out;
        this.limit = limit;
    }

    static long lengthOf(Answer.Body body) throws IOException {
        FirstBytes counter = new FirstBytes(OutputStream.nullOutputStream(), 0);
        body.writeTo(counter);
        return counter.count;
    }

    @Override
    public void write(int oneByte) throws IOException {
        if (count++ < limit) {
            out.write(oneByte);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, (int) Math.clamp(limit - count, 0, length));
        count += length;
    }
}

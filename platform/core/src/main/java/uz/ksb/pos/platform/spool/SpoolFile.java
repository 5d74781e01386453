package uz.ksb.pos.platform.spool;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A body on the disk, to be read several times. The file has no name: it vanishes with the process at the latest. */
public final class SpoolFile implements AutoCloseable {
    private final FileChannel file;
    private long size;

    /** The body is longer than it may be. */
    public static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong(long maxBytes) {
            super("it is longer than " + maxBytes + " bytes", null, false, false);
        }
    }

    private SpoolFile(FileChannel file) {
        this.file = file;
    }

    /**
     * Writes a paused stream to its end.
     *
     * @param maxBytes a longer one fails with {@link TooLong}
     */
    public static Future<SpoolFile> of(Vertx vertx, ReadStream<Buffer> source, long maxBytes) {
        return vertx.executeBlocking(SpoolFile::create)
                .compose(spool -> spool.fill(vertx, source, maxBytes).map(spool).onFailure(failure -> spool.close()));
    }

    private static SpoolFile create() throws IOException {
        Path path = Files.createTempFile("pos", ".spool");
        return new SpoolFile(FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
    }

    private Future<Void> fill(Vertx vertx, ReadStream<Buffer> source, long maxBytes) {
        Promise<Void> filled = Promise.promise();
        source.exceptionHandler(filled::tryFail);
        source.endHandler(end -> filled.tryComplete());
        source.handler(piece -> {
            source.pause();
            if (size + piece.length() > maxBytes) {
                filled.tryFail(new TooLong(maxBytes));
                return;
            }
            vertx.executeBlocking(() -> write(piece))
                    .onSuccess(written -> source.resume())
                    .onFailure(filled::tryFail);
        });
        source.resume();
        return filled.future();
    }

    private long write(Buffer piece) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(piece.getBytes());
        while (bytes.hasRemaining()) {
            size += file.write(bytes, size);
        }
        return size;
    }

    /** The bytes from the beginning; any number of readers may have their own. */
    public InputStream open() {
        return new InputStream() {
            private long position;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int read = file.read(ByteBuffer.wrap(into, offset, length), position);
                position += Math.max(0, read);
                return read;
            }
        };
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

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
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A body on the disk, to be read several times. The file has no name: it vanishes with the process at the latest. */
public final class SpoolFile implements AutoCloseable {
    private final Vertx vertx;
    private final FileChannel file;
    private final SpoolRoom.Share share;
    private final Promise<Void> filled = Promise.promise();
    private volatile boolean gaveWay;
    private long size;

    /** The body is longer than it may be. */
    public static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong(long maxBytes) {
            super("it is longer than " + maxBytes + " bytes", null, false, false);
        }
    }

    /** There is no room on the disk for it beside others; later there may be. */
    public static final class NoRoom extends IOException {
        private static final long serialVersionUID = 1L;

        NoRoom() {
            super("there is no room on the disk for it now, beside others that are smaller");
        }
    }

    private SpoolFile(Vertx vertx, FileChannel file, SpoolRoom room) {
        this.vertx = vertx;
        this.file = file;
        this.share = room.share(this::giveWay);
    }

    /**
     * Writes a paused stream to its end.
     *
     * @param maxBytes a longer one fails with {@link TooLong}
     */
    public static Future<SpoolFile> of(Vertx vertx, ReadStream<Buffer> source, long maxBytes) {
        return of(vertx, source, maxBytes, SpoolRoom.UNLIMITED);
    }

    /**
     * Writes a paused stream to its end.
     *
     * @param maxBytes a longer one fails with {@link TooLong}
     * @param room where it has to give way to others, this or its reading fails with {@link NoRoom}
     */
    public static Future<SpoolFile> of(Vertx vertx, ReadStream<Buffer> source, long maxBytes, SpoolRoom room) {
        return vertx.executeBlocking(() -> create(vertx, room))
                .compose(spool -> spool.fill(source, maxBytes).map(spool).onFailure(failure -> spool.close()));
    }

    private static SpoolFile create(Vertx vertx, SpoolRoom room) throws IOException {
        Path path = Files.createTempFile("pos", ".spool");
        return new SpoolFile(
                vertx,
                FileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE),
                room);
    }

    private Future<Void> fill(ReadStream<Buffer> source, long maxBytes) {
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
        share.take(piece.length());
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
                try {
                    int read = file.read(ByteBuffer.wrap(into, offset, length), position);
                    position += Math.max(0, read);
                    return read;
                } catch (ClosedChannelException e) {
                    throw gaveWay ? new NoRoom() : e;
                }
            }
        };
    }

    private void giveWay() {
        gaveWay = true;
        close();
        vertx.runOnContext(later -> filled.tryFail(new NoRoom()));
    }

    @Override
    public void close() {
        share.close();
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

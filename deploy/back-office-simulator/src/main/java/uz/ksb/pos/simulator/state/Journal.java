package uz.ksb.pos.simulator.state;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An append-only file of lines. Appended entries are kept once {@link #flush} has come back.
 *
 * <p>Written by one thread; {@link #read} may be called by any.
 */
final class Journal implements Closeable {

    /** Where a line stands. */
    record Place(long offset, int length) {}

    @FunctionalInterface
    interface Replay {
        void line(byte[] line, Place place) throws IOException;
    }

    private final FileChannel file;
    private ByteArrayOutputStream unwritten = new ByteArrayOutputStream();
    private long written;

    /** Opens the file for this process alone and replays it; a last line torn by a kill is cut off. */
    Journal(Path path, Replay replay) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(path);
            written = replay(replay);
            file.truncate(written).position(written);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @SuppressWarnings("unused") // the lock is held as long as the channel is open
    private void lock(Path path) throws IOException {
        try {
            if (file.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException sameProcess) {
            // The same answer as for another process.
        }
        throw new IOException(path + " is in use by another simulator");
    }

    private long replay(Replay replay) throws IOException {
        InputStream in = new BufferedInputStream(Channels.newInputStream(file), 1 << 16);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long start = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != '\n') {
                line.write(next);
                continue;
            }
            replay.line(line.toByteArray(), new Place(start, line.size()));
            start += line.size() + 1L;
            line.reset();
        }
        return start;
    }

    Place append(byte[] line) {
        Place place = new Place(written + unwritten.size(), line.length);
        unwritten.writeBytes(line);
        unwritten.write('\n');
        return place;
    }

    void flush() throws IOException {
        if (unwritten.size() == 0) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(unwritten.toByteArray());
        while (bytes.hasRemaining()) {
            written += file.write(bytes);
        }
        file.force(false);
        // A new buffer, because one large line would keep a large one for ever.
        unwritten = new ByteArrayOutputStream();
    }

    byte[] read(Place place) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(place.length());
        while (bytes.hasRemaining()) {
            if (file.read(bytes, place.offset() + bytes.position()) < 0) {
                throw new IOException("the journal was emptied meanwhile");
            }
        }
        return bytes.array();
    }

    void clear() throws IOException {
        unwritten = new ByteArrayOutputStream();
        written = 0;
        file.truncate(0).position(0).force(true);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

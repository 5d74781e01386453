package uz.ksb.pos.gateway.log;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.rings.History;
import uz.ksb.pos.gateway.rings.Rings;

/**
 * Pieces of the log, each read once for all who ask for it while it is on its way or still kept. The bounds of the pieces
 * are the same for everybody, whoever asks first. Any thread; one reads, in the order of the questions.
 */
public final class LogHistory implements History {
    private static final long IDLE_SECONDS = 30;

    private final PieceReader reader;
    private final Rings rings;
    private final long maxBytes;
    private final Executor thread;
    private final Map<Key, CompletableFuture<Answer>> asked = new HashMap<>();
    private final Map<Key, Answer.Piece> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /** @param maxBytes of pieces that are kept for the next question */
    public LogHistory(PieceReader reader, Rings rings, long maxBytes) {
        this.reader = reader;
        this.rings = rings;
        this.maxBytes = maxBytes;
        this.thread = new ThreadPoolExecutor(
                0,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("log-history").factory());
    }

    private record Key(long epoch, LiveTopic topic, int partition, long from) {
        Key at(long offset) {
            return new Key(epoch, topic, partition, offset);
        }
    }

    @Override
    public CompletionStage<Answer> read(LiveTopic topic, int partition, long offset) {
        long from = offset - offset % PieceReader.MAX_EVENTS;
        return around(new Key(rings.epoch(), topic, partition, from), offset);
    }

    /** A piece of large events ends early: the next one begins there. */
    private CompletionStage<Answer> around(Key key, long offset) {
        return piece(key).thenCompose(answer -> switch (answer) {
            case Answer.Piece piece when offset < piece.from() -> CompletableFuture.completedFuture(new Answer.Gone());
            case Answer.Piece piece when offset >= piece.end() -> around(key.at(piece.end()), offset);
            case Answer.Piece piece -> CompletableFuture.completedFuture(piece);
            case Answer.Gone gone -> CompletableFuture.completedFuture(gone);
        });
    }

    private synchronized CompletableFuture<Answer> piece(Key key) {
        Answer.Piece there = kept.get(key);
        if (there != null) {
            return CompletableFuture.completedFuture(there);
        }
        return asked.computeIfAbsent(key, missing -> {
            CompletableFuture<Answer> question = new CompletableFuture<>();
            thread.execute(() -> load(missing, question));
            return question;
        });
    }

    private void load(Key key, CompletableFuture<Answer> question) {
        try {
            Answer answer = reader.read(key.topic(), key.partition(), key.from());
            keep(key, answer);
            question.complete(answer);
        } catch (RuntimeException e) {
            synchronized (this) {
                asked.remove(key);
            }
            question.completeExceptionally(e);
        }
    }

    private synchronized void keep(Key key, Answer answer) {
        asked.remove(key);
        if (answer instanceof Answer.Piece piece) {
            kept.put(key, piece);
            bytes += piece.bytes();
            Iterator<Answer.Piece> eldest = kept.values().iterator();
            while (bytes > maxBytes && kept.size() > 1) {
                bytes -= eldest.next().bytes();
                eldest.remove();
            }
        }
    }
}

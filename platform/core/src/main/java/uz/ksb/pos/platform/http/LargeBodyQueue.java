package uz.ksb.pos.platform.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import java.time.Duration;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.problem.Problem;

/**
 * Bodies that are larger than usual. Each arrives in a file, which costs no heap, so a sender who stalls delays nobody. Only then
 * it waits for its turn: the heap has to hold one of them at a time, from its first byte to the end of its answer. Enterprises
 * take turns.
 */
final class LargeBodyQueue {
    private static final Logger LOG = Logger.getLogger(LargeBodyQueue.class);
    private static final int READ_BYTES = 64 * 1024;
    private static final int MAX_ARRIVING = 64;
    private static final int MAX_ARRIVING_EACH = 2;

    private final Duration within;
    private final FairTurns arrivals = new FairTurns(MAX_ARRIVING, MAX_ARRIVING_EACH);
    private final FairTurns answers = new FairTurns(1, 1);

    /** @param within the time that a body may take to arrive */
    LargeBodyQueue(Duration within) {
        this.within = within;
    }

    /** The turn and the body of the request that a {@link SpooledRequest} repeats. */
    record Answering(FairTurns.Turn turn, AsyncFile body) {
        void end() {
            turn.leave();
            body.close();
        }
    }

    /**
     * Called on the request's event loop, with the request paused.
     *
     * @param answering the key under which the repeated request finds its turn in its context
     */
    void enter(HttpServerRequest request, String enterprise, long limit, Router router, Object answering) {
        Context context = Vertx.currentContext();
        new Arrival(request, enterprise, limit, context, body -> {
                    FairTurns.Turn[] turn = new FairTurns.Turn[1];
                    turn[0] = answers.enter(
                            enterprise,
                            () -> context.runOnContext(now -> {
                                Answering present = new Answering(turn[0], body);
                                if (request.response().closed()) {
                                    present.end();
                                } else {
                                    context.putLocal(answering, present);
                                    router.handle(new SpooledRequest(request, body));
                                }
                            }));
                })
                .begin();
    }

    private interface Arrived {
        void as(AsyncFile body);
    }

    private final class Arrival {
        private final HttpServerRequest request;
        private final long limit;
        private final Context context;
        private final Vertx vertx;
        private final Arrived next;
        private final String enterprise;
        private FairTurns.Turn turn;
        private AsyncFile body;
        private long timer;
        private long received;
        private boolean over;

        Arrival(HttpServerRequest request, String enterprise, long limit, Context context, Arrived next) {
            this.request = request;
            this.enterprise = enterprise;
            this.limit = limit;
            this.context = context;
            this.vertx = context.owner();
            this.next = next;
        }

        void begin() {
            request.response().closeHandler(closed -> stop());
            turn = arrivals.enter(enterprise, () -> context.runOnContext(now -> open()));
        }

        private void open() {
            if (over) {
                turn.leave();
                return;
            }
            timer = vertx.setTimer(within.toMillis(), late -> cutOff());
            vertx.fileSystem()
                    .createTempFile("body", ".part")
                    .compose(path -> vertx.fileSystem()
                            .open(path, new OpenOptions().setRead(true).setWrite(true))
                            .compose(file -> vertx.fileSystem().delete(path).map(file)))
                    .onSuccess(this::read)
                    .onFailure(this::fail);
        }

        private void read(AsyncFile file) {
            body = file;
            if (over) {
                file.close();
                return;
            }
            request.exceptionHandler(broken -> stop());
            request.handler(this::write);
            request.endHandler(end -> arrived());
            request.resume();
        }

        private void write(Buffer piece) {
            received += piece.length();
            if (received > limit) {
                stop();
                EarlyRefusal.send(request, vertx, BodyLimit.tooLarge(limit));
                return;
            }
            body.write(piece).onFailure(this::fail);
            if (body.writeQueueFull()) {
                request.pause();
                body.drainHandler(drained -> request.resume());
            }
        }

        private void arrived() {
            if (over) {
                return;
            }
            body.flush().onFailure(this::fail).onSuccess(written -> {
                if (!over) {
                    AsyncFile whole = body;
                    body = null;
                    stop();
                    whole.setReadPos(0).setReadBufferSize(READ_BYTES).pause();
                    next.as(whole);
                }
            });
        }

        private void fail(Throwable failure) {
            if (!over) {
                LOG.errorf("A large body cannot be kept in a file: %s", failure);
                stop();
                EarlyRefusal.send(
                        request,
                        vertx,
                        Problem.unavailable("The body cannot be taken now. Send it again.", Duration.ofSeconds(5)));
            }
        }

        private void cutOff() {
            stop();
            if (request.version() == HttpVersion.HTTP_2) {
                request.response().reset();
            } else {
                request.connection().close();
            }
        }

        /** Ends the arrival, whatever its outcome. */
        private void stop() {
            if (over) {
                return;
            }
            over = true;
            vertx.cancelTimer(timer);
            turn.leave();
            if (body != null) {
                body.close();
            }
        }
    }
}

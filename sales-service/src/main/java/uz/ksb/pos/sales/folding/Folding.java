package uz.ksb.pos.sales.folding;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Adds up, soon after it was woken, what transactions have left to be added up. However often it is woken, at most one folding
 * runs here, and one more follows. What fails is tried again when it is woken next.
 */
public final class Folding {
    private static final Logger LOG = Logger.getLogger(Folding.class);

    private final String what;
    private final Duration pause;
    private final Supplier<Uni<Long>> once;
    private final int most;
    /** Wishes to fold that are not fulfilled: a folding that begins takes all of them. */
    private final AtomicInteger wishes = new AtomicInteger();

    /**
     * @param what is folded, for the log
     * @param pause between two foldings, so that what comes close together is one
     * @param once folds in one transaction and says how many changes it took
     * @param most how many it takes at most: then it is asked again
     */
    public Folding(String what, Duration pause, Supplier<Uni<Long>> once, int most) {
        this.what = what;
        this.pause = pause;
        this.once = once;
        this.most = most;
    }

    /** Has the changes folded soon. Call it after the commit. */
    public void wake() {
        if (wishes.getAndIncrement() == 0) {
            foldWhileWished();
        }
    }

    /** Folds until nothing is left. */
    public Uni<Void> foldAll() {
        return once.get().chain(taken -> taken < most ? Uni.createFrom().voidItem() : foldAll());
    }

    private void foldWhileWished() {
        int taken = wishes.get();
        foldAll().onItem().delayIt().by(pause).subscribe().with(done -> next(taken), failure -> {
            LOG.warnf("Folding %s is interrupted and will go on: %s", what, failure.getMessage());
            wishes.set(0);
        });
    }

    private void next(int taken) {
        if (wishes.addAndGet(-taken) > 0) {
            foldWhileWished();
        }
    }
}

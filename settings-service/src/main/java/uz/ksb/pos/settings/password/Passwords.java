package uz.ksb.pos.settings.password;

import com.password4j.Argon2Function;
import com.password4j.SecureString;
import com.password4j.types.Argon2;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Callable;
import uz.ksb.pos.platform.http.FairShare;

/**
 * Hashes and checks passwords (Argon2id, RFC 9106, in the PHC string format). A hash is made to be costly: few are computed at a
 * time, and enterprises take turns, so that one that asks for thousands keeps nobody else from logging in.
 */
@ApplicationScoped
public class Passwords {
    private static final int HASH_BYTES = 32;
    private static final Duration MAX_WAIT = Duration.ofSeconds(20);

    private final Argon2Function function;

    private final WorkerExecutor threads;
    private final FairShare turns;
    private final Uni<String> nobodysHash;

    Passwords(PasswordConfig config, Vertx vertx) {
        function = Argon2Function.getInstance(
                config.memoryKib(), config.iterations(), config.parallelism(), HASH_BYTES, Argon2.ID);
        threads = vertx.createSharedWorkerExecutor("passwords", config.atOnce());
        turns = new FairShare(config.atOnce(), config.atOnce(), MAX_WAIT);
        nobodysHash = onOwnThread(() -> hashNow("nobody's")).memoize().indefinitely();
    }

    @PreDestroy
    void close() {
        threads.closeAndForget();
    }

    /** @param ksbId the enterprise of the password: enterprises take turns */
    public Uni<String> hash(String ksbId, String password) {
        return turns.within(ksbId, () -> onOwnThread(() -> hashNow(password)));
    }

    /**
     * Whether the password is the one that was hashed.
     *
     * @param ksbId as in {@link #hash}
     * @param hash null for someone who has no password or does not exist: the answer is no, after the same time
     */
    public Uni<Boolean> verify(String ksbId, String password, String hash) {
        return hash == null
                ? nobodysHash.chain(other -> verifyHash(ksbId, password, other)).replaceWith(false)
                : verifyHash(ksbId, password, hash);
    }

    /** As {@link #hash}, on the caller's thread: at start only. */
    public String hashNow(String password) {
        return function.hash(password).getResult();
    }

    /** As {@link #verify}, on the caller's thread: at start only. */
    public boolean verifyNow(String password, String hash) {
        return Argon2Function.getInstanceFromHash(hash).check(new SecureString(password.toCharArray()), hash);
    }

    private Uni<Boolean> verifyHash(String ksbId, String password, String hash) {
        return turns.within(ksbId, () -> onOwnThread(() -> verifyNow(password, hash)));
    }

    private <T> Uni<T> onOwnThread(Callable<T> work) {
        return threads.executeBlocking(work, false);
    }
}

package uz.ksb.pos.settings.password;

import com.password4j.Argon2Function;
import com.password4j.SecureString;
import com.password4j.types.Argon2;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;

/** Hashes and checks passwords (Argon2id, RFC 9106, in the PHC string format). */
@ApplicationScoped
public class Passwords {
    private static final int HASH_BYTES = 32;

    private final Argon2Function function;
    private final WorkerExecutor threads;
    private final Uni<String> nobodysHash;

    Passwords(PasswordConfig config, Vertx vertx) {
        function = Argon2Function.getInstance(
                config.memoryKib(), config.iterations(), config.parallelism(), HASH_BYTES, Argon2.ID);
        threads = vertx.createSharedWorkerExecutor("passwords", config.atOnce());
        nobodysHash = hash("nobody's").memoize().indefinitely();
    }

    @PreDestroy
    void close() {
        threads.closeAndForget();
    }

    public Uni<String> hash(String password) {
        return onOwnThread(() -> hashNow(password));
    }

    /**
     * Whether the password is the one that was hashed.
     *
     * @param hash null for someone who has no password or does not exist: the answer is no, after the same time
     */
    public Uni<Boolean> verify(String password, String hash) {
        return hash == null
                ? nobodysHash.chain(other -> verifyHash(password, other)).replaceWith(false)
                : verifyHash(password, hash);
    }

    /** As {@link #hash}, on the caller's thread: at start only. */
    public String hashNow(String password) {
        return function.hash(password).getResult();
    }

    /** As {@link #verify}, on the caller's thread: at start only. */
    public boolean verifyNow(String password, String hash) {
        return Argon2Function.getInstanceFromHash(hash).check(new SecureString(password.toCharArray()), hash);
    }

    private Uni<Boolean> verifyHash(String password, String hash) {
        return onOwnThread(() -> verifyNow(password, hash));
    }

    private <T> Uni<T> onOwnThread(Callable<T> work) {
        return threads.executeBlocking(work, false);
    }
}

package uz.ksb.pos.benchmarks.settings;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Round;

/** Argon2id alone, as settings-service computes it: the same parameters, two at a time. */
final class PasswordHashes implements Contender {
    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int AT_ONCE = 2;

    /** Held, or it would be forgotten with its level; the library tells of its defaults with each hash. */
    private static final Logger LIBRARY = Logger.getLogger("com.password4j");

    private final Argon2Function function =
            Argon2Function.getInstance(MEMORY_KIB, ITERATIONS, LANES, HASH_BYTES, Argon2.ID);

    PasswordHashes() {
        LIBRARY.setLevel(Level.SEVERE);
    }

    @Override
    public String name() {
        return "Argon2id 19 MiB t=2 p=1";
    }

    @Override
    public Round run(Duration time) throws InterruptedException {
        AtomicLong hashes = new AtomicLong();
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        Thread[] threads = new Thread[AT_ONCE];
        for (int i = 0; i < AT_ONCE; i++) {
            threads[i] = Thread.ofPlatform().start(() -> hash(end, hashes));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.println(String.format(
                Locale.ROOT,
                "  one hash takes %.1f ms while %d are computed at a time",
                AT_ONCE * seconds * 1000 / hashes.get(),
                AT_ONCE));
        return Round.of(hashes.get() / seconds);
    }

    private void hash(long end, AtomicLong hashes) {
        while (System.nanoTime() < end) {
            if (function.hash("a till's password").getResult().isEmpty()) {
                throw new IllegalStateException("no hash");
            }
            hashes.incrementAndGet();
        }
    }
}

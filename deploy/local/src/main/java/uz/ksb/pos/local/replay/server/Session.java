package uz.ksb.pos.local.replay.server;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.locks.ReentrantLock;
import uz.ksb.pos.local.failure.CommandFailed;

/** A login that renews itself: shortly before its token ends, and when the token is refused. */
public final class Session {

    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final Login login;
    private final ReentrantLock lock = new ReentrantLock();
    private Token token;

    /** How to get a token. */
    @FunctionalInterface
    public interface Login {
        Token get() throws InterruptedException;
    }

    /** @param endsAt as {@link System#nanoTime()} counts */
    public record Token(String text, long endsAt) {

        static Token of(String text, long secondsLeft) {
            return new Token(
                    text, System.nanoTime() + Duration.ofSeconds(secondsLeft).toNanos());
        }

        boolean endsSoon() {
            return endsAt - System.nanoTime() < MARGIN.toNanos();
        }

        /** The claims of the token; it is not verified here. */
        public JsonObject claims() {
            String payload = text.split("\\.", -1)[1];
            return new JsonObject(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
        }
    }

    public Session(Login login) {
        this.login = login;
    }

    public String token() throws InterruptedException {
        return current().text();
    }

    /** @throws CommandFailed when the token has no such claim */
    public String claim(String name) throws InterruptedException {
        try {
            String value = current().claims().getString(name);
            if (value != null) {
                return value;
            }
        } catch (RuntimeException notAToken) {
            // told below
        }
        throw new CommandFailed("the server's token does not say the enterprise's " + name);
    }

    /** The server did not take {@code text}; the next one asks anew. */
    public void refused(String text) {
        lock.lock();
        try {
            if (token != null && token.text().equals(text)) {
                token = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private Token current() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (token == null || token.endsSoon()) {
                token = login.get();
            }
            return token;
        } finally {
            lock.unlock();
        }
    }
}

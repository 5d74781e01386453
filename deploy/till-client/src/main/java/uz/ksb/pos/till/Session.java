package uz.ksb.pos.till;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.locks.ReentrantLock;

/** A login that renews itself: shortly before its token ends, and when the token is refused. Any thread. */
public final class Session {
    private static final ObjectMapper JSON = new ObjectMapper();
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

        public static Token of(String text, long secondsLeft) {
            return new Token(
                    text, System.nanoTime() + Duration.ofSeconds(secondsLeft).toNanos());
        }

        /** @param answer of a login */
        public static Token of(Api.Answer answer) {
            JsonNode tokens = answer.json();
            if (!tokens.path("accessToken").isTextual()) {
                throw new IllegalStateException("no token in " + answer);
            }
            return of(
                    tokens.path("accessToken").asText(),
                    tokens.path("expiresIn").asLong());
        }

        boolean endsSoon() {
            return endsAt - System.nanoTime() < MARGIN.toNanos();
        }
    }

    public Session(Login login) {
        this.login = login;
    }

    /** @throws IllegalStateException when interrupted while logging in */
    public String token() {
        try {
            return current().text();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A claim of the token; empty when there is none. */
    public String claim(String name) {
        return claims(token()).path(name).asText();
    }

    /** The claims of a token, which is not verified here. */
    public static JsonNode claims(String token) {
        try {
            String payload = token.split("\\.", -1)[1];
            return JSON.readTree(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
        } catch (JsonProcessingException | IllegalArgumentException | ArrayIndexOutOfBoundsException notAToken) {
            return JSON.missingNode();
        }
    }

    /** The server did not take {@code text}: the next call logs in again. */
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

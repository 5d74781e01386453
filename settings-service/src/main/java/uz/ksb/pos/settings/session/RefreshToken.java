package uz.ksb.pos.settings.session;

import java.util.UUID;
import uz.ksb.pos.platform.problem.Problem;

/** A refresh token as a till holds it: {@code <session>.<secret>}. */
public record RefreshToken(UUID session, Secret secret) {
    /** @throws Problem 401 when it is none */
    public static RefreshToken parse(String text) {
        int dot = text.indexOf('.');
        try {
            return new RefreshToken(
                    UUID.fromString(text.substring(0, Math.max(0, dot))), new Secret(text.substring(dot + 1)));
        } catch (IllegalArgumentException e) {
            throw ended();
        }
    }

    public String text() {
        return session + "." + secret.text();
    }

    /** The answer to every refresh token that does not serve any more: log in again. */
    public static Problem ended() {
        return Problem.unauthorized("session-ended", "Please log in again.");
    }
}

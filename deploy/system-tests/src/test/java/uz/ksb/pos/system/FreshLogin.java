package uz.ksb.pos.system;

import java.time.Duration;

/** One person at one till, logged in anew before the token expires. */
final class FreshLogin {
    private static final Duration RENEWED_AFTER = Duration.ofMinutes(5);

    private final RunningSystem system;
    private final String ksbId;
    private final String login;
    private Api.Login current;
    private long since;

    FreshLogin(RunningSystem system, String ksbId, String login) {
        this.system = system;
        this.ksbId = ksbId;
        this.login = login;
    }

    synchronized String token() {
        if (current == null || System.nanoTime() - since > RENEWED_AFTER.toNanos()) {
            current = system.api().loggedIn(ksbId, login);
            since = System.nanoTime();
        }
        return current.token();
    }
}

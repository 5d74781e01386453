package uz.ksb.pos.local.replay.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import uz.ksb.pos.local.failure.CommandFailed;
import uz.ksb.pos.local.replay.progress.Progress;
import uz.ksb.pos.till.Api;
import uz.ksb.pos.till.Session;

/**
 * The one origin, asked with the patience of a till: no answer, or one that blames the server, is no reason to give
 * up, only to ask again after a pause. All requests are idempotent.
 */
public final class Server {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(3);
    /** A key just published or a till just registered may take a moment to be known everywhere. */
    private static final int TOLERATED_REFUSALS = 20;

    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;

    private final Api api;
    private final LostAnswers lostAnswers;
    private final Progress progress;
    private final AtomicInteger askedAgain = new AtomicInteger();
    private final AtomicInteger mostAgain = new AtomicInteger();

    public Server(Api api, LostAnswers lostAnswers, Progress progress) {
        this.api = api;
        this.lostAnswers = lostAnswers;
        this.progress = progress;
    }

    /** How many requests were asked more than once, because no answer came or one that blamed the server. */
    public int askedAgain() {
        return askedAgain.get();
    }

    /** How often, after the first time, the one of them was asked that needed most. */
    public int mostAgain() {
        return mostAgain.get();
    }

    Api api() {
        return api;
    }

    /** Asks once. @throws CommandFailed when nobody is there or the answer blames the server */
    public Api.Answer askOnce(HttpRequest request) throws InterruptedException {
        Api.Answer answer;
        try {
            answer = Api.exchange(request);
        } catch (IOException e) {
            String why = e instanceof ConnectException ? "nobody answers" : e.toString();
            throw new CommandFailed(
                    "the server is not running at %s (%s); start it with ./pos up".formatted(api.origin(), why));
        }
        if (isServersFault(answer)) {
            throw new CommandFailed("the server at %s is not ready: %s".formatted(api.origin(), answer.reason()));
        }
        return answer;
    }

    /** Asks until an answer arrives that does not blame the server; each time what {@code request} gives then. */
    public Api.Answer ask(Supplier<HttpRequest> request) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        int again = 0;
        while (true) {
            String trouble;
            try {
                Api.Answer answer = Api.exchange(request.get());
                if (!isServersFault(answer)) {
                    if (again > 0) {
                        progress.goesOn();
                    }
                    if (!lostAnswers.losesThisOne()) {
                        return answer;
                    }
                    continue;
                }
                trouble = answer.reason();
            } catch (IOException e) {
                trouble = "no connection";
            }
            progress.waits(trouble);
            again++;
            askedAgain.addAndGet(again == 1 ? 1 : 0);
            mostAgain.accumulateAndGet(again, Math::max);
            Thread.sleep(jittered(pause));
            pause = shorter(pause.multipliedBy(2), MAX_PAUSE);
        }
    }

    /** Asks as {@code session}, which logs in again when its token is no longer taken. */
    public Api.Answer ask(Session session, Supplier<HttpRequest.Builder> request) throws InterruptedException {
        for (int refusals = 0; ; refusals++) {
            String token = session.token();
            Api.Answer answer = ask(() ->
                    request.get().header("Authorization", "Bearer " + token).build());
            if (answer.status() != UNAUTHORIZED || refusals == TOLERATED_REFUSALS) {
                return answer;
            }
            session.refused(token);
            Thread.sleep(jittered(FIRST_PAUSE.multipliedBy(1L + refusals)));
        }
    }

    public HttpRequest.Builder get(String path) {
        return api.request(path, null);
    }

    public HttpRequest.Builder post(String path, String contentType, String body) {
        return get(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body));
    }

    private static boolean isServersFault(Api.Answer answer) {
        return answer.status() >= 500 || answer.status() == TOO_MANY;
    }

    private static Duration jittered(Duration pause) {
        long millis = pause.toMillis();
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

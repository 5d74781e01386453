package uz.ksb.pos.benchmarks.gateway.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.benchmarks.BenchFailed;

/** Whether a service says that it can serve. */
public final class Readiness {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Readiness() {}

    public static void await(int port) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + LIMIT.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!isReady(http, request)) {
                if (System.nanoTime() > end) {
                    throw new BenchFailed("the service at port " + port + " does not become ready");
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private static boolean isReady(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}

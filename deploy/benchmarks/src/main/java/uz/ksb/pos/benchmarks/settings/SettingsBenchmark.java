package uz.ksb.pos.benchmarks.settings;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.measuring.Figure;
import uz.ksb.pos.benchmarks.stack.SampleShop;
import uz.ksb.pos.benchmarks.stack.Stack;

/** Settings that are written without a change, and logins; 8 connections. */
public final class SettingsBenchmark implements Benchmark {
    private static final int CONNECTIONS = 8;
    private static final double MUST_REACH_NO_OP = 0.6;
    private static final double MUST_REACH_LOGINS = 0.4;

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public Prepared prepare(Stack stack) throws InterruptedException {
        Callers callers = new Callers(CONNECTIONS, stack.service(1));
        return new Both(List.of(noOp(stack.shop(), callers), logins(stack.shop(), callers)), callers);
    }

    private record Both(List<Figure> figures, Callers callers) implements Prepared {
        @Override
        public void close() {
            callers.close();
        }
    }

    private static Figure noOp(SampleShop shop, Callers callers) throws InterruptedException {
        String path = "/api/users/kassir/settings";
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + shop.till("admin").token());
        Buffer settings = shop.get(path, headers.get("Authorization").substring("Bearer ".length()))
                .toBuffer();
        return new Figure(
                "settings, writes without a change",
                "writes",
                MUST_REACH_NO_OP,
                callers.contender(
                        "PUT",
                        caller -> new Callers.Call(
                                HttpMethod.PUT, path, headers, settings, Map.of("X-Changed", "false"))),
                callers.contender(
                        "GET of the same row",
                        caller -> new Callers.Call(HttpMethod.GET, path, headers, Buffer.buffer(), Map.of())));
    }

    /** Each connection is a till of its own: the service slows down tries of one login on one till. */
    private static Figure logins(SampleShop shop, Callers callers) throws InterruptedException {
        List<Callers.Call> calls = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            SampleShop.Device device = shop.device("kassir");
            JsonObject body = device.login();
            calls.add(new Callers.Call(
                    HttpMethod.POST,
                    "/api/auth/login",
                    Map.of("X-Device-Token", device.token()),
                    body.toBuffer(),
                    Map.of()));
        }
        return new Figure(
                "logins", "logins", MUST_REACH_LOGINS, callers.contender("logins", calls::get), new PasswordHashes());
    }
}

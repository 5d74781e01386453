package uz.ksb.pos.simulator.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import uz.ksb.pos.simulator.fault.Fault;
import uz.ksb.pos.simulator.fault.FaultBoard;
import uz.ksb.pos.simulator.fault.MethodFaults;

/** Where every request is answered: on a thread of its own, with the faults ordered for its method. */
public final class FaultHandler {

    private static final Logger LOG = Logger.getLogger(FaultHandler.class.getName());
    private static final String HTML =
            "<!DOCTYPE html><html><head><title>1C</title></head><body><h1>Сервис временно недоступен</h1></body></html>";

    /** The work of one method. */
    @FunctionalInterface
    public interface Method {
        Answer answer(RoutingContext request, MethodFaults faults) throws IOException;
    }

    /** The work of a method that no fault may strike. */
    @FunctionalInterface
    public interface SoundMethod {
        Answer answer(RoutingContext request) throws IOException;
    }

    private final FaultBoard board;
    private final RequestLog log;
    private final ObjectMapper json;

    public FaultHandler(FaultBoard board, RequestLog log, ObjectMapper json) {
        this.board = board;
        this.log = log;
        this.json = json;
    }

    /**
     * A method that faults may strike.
     *
     * @param name as in {@link FaultBoard}
     */
    public Handler<RoutingContext> faulty(
            Function<RoutingContext, String> name, Function<RoutingContext, String> ksbId, Method method) {
        return onItsOwnThread(request -> perform(request, name.apply(request), ksbId.apply(request), method));
    }

    /** A method that always works. */
    public Handler<RoutingContext> sound(SoundMethod method) {
        return onItsOwnThread(request -> send(request, answer(request, () -> method.answer(request))));
    }

    private static Handler<RoutingContext> onItsOwnThread(Work work) {
        return request -> Thread.startVirtualThread(() -> {
            try {
                work.on(request);
            } catch (IOException | UncheckedIOException gone) {
                request.request().connection().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "An answer to " + request.normalizedPath() + " broke off", e);
                request.request().connection().close();
            }
        });
    }

    @FunctionalInterface
    private interface Work {
        void on(RoutingContext request) throws IOException, InterruptedException;
    }

    @FunctionalInterface
    private interface Attempt {
        Answer make() throws IOException;
    }

    private void perform(RoutingContext request, String name, String ksbId, Method method)
            throws IOException, InterruptedException {
        MethodFaults faults = board.of(name, ksbId);
        Fault fault = faults.next();
        String deviceId = request.request().getParam("device_id", "");
        log.add(new RequestLog.Request(
                name, ksbId, deviceId, fault, request.body().asString()));
        Thread.sleep(faults.ordered().latencyMs());
        switch (fault) {
            case NOTHING -> send(request, answer(request, () -> method.answer(request, faults)));
            case DOWN -> request.request().connection().close();
            case ERROR -> send(request, error(500, "Внутренняя ошибка сервера"));
            case SCRIPTED ->
                request.response()
                        .setStatusCode(faults.ordered().status())
                        .putHeader("content-type", "application/json; charset=utf-8")
                        .end(faults.ordered().body());
            case HTML ->
                request.response()
                        .putHeader("content-type", "text/html; charset=utf-8")
                        .end(HTML);
            case LOST_ANSWER -> lose(request, answer(request, () -> method.answer(request, faults)));
            case SILENCE -> {
                halfWithoutEnd(request, half(answer(request, () -> method.answer(request, faults))));
                sleep(faults.ordered().silentForSeconds());
                request.request().connection().close();
            }
            case STALLED -> stall(request, answer(request, () -> method.answer(request, faults)), faults);
            case HALF_ANSWER -> send(request, half(answer(request, () -> method.answer(request, faults))));
        }
    }

    private Answer answer(RoutingContext request, Attempt attempt) {
        try {
            return attempt.make();
        } catch (Refused refused) {
            return error(refused.status(), refused.getMessage());
        } catch (IOException unreadable) {
            return error(400, "The body cannot be read: " + unreadable.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "A request to " + request.normalizedPath() + " failed", e);
            return error(500, e.toString());
        }
    }

    private Answer error(int status, String message) {
        return Answer.of(status, json, Map.of("status", "error", "message", message));
    }

    private static Answer half(Answer whole) throws IOException {
        long half = FirstBytes.lengthOf(whole.body()) / 2;
        return new Answer(whole.status(), out -> whole.body().writeTo(new FirstBytes(out, half)), whole.then());
    }

    private static void lose(RoutingContext request, Answer answer) throws IOException {
        answer.body().writeTo(OutputStream.nullOutputStream());
        answer.then().run();
        request.request().connection().close();
    }

    /** In memory, because what is answered may change before the second half leaves. */
    private static void stall(RoutingContext request, Answer answer, MethodFaults faults)
            throws IOException, InterruptedException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        answer.body().writeTo(whole);
        int half = whole.size() / 2;
        ResponseStream out = begun(
                request, new Answer(answer.status(), to -> to.write(whole.toByteArray(), 0, half), answer.then()));
        out.sendRest();
        sleep(faults.ordered().stalledForSeconds());
        out.write(whole.toByteArray(), half, whole.size() - half);
        out.end();
    }

    private static void sleep(double seconds) throws InterruptedException {
        Thread.sleep(Duration.ofMillis((long) (seconds * 1000)));
    }

    private static void send(RoutingContext request, Answer answer) throws IOException {
        begun(request, answer).end();
    }

    private static void halfWithoutEnd(RoutingContext request, Answer answer) throws IOException {
        begun(request, answer).sendRest();
    }

    /** Everything is written but the last piece. */
    private static ResponseStream begun(RoutingContext request, Answer answer) throws IOException {
        HttpServerResponse response = request.response()
                .setStatusCode(answer.status())
                .putHeader("content-type", "application/json; charset=utf-8");
        if (answer.status() == 401) {
            response.putHeader("www-authenticate", "Basic realm=\"1C\"");
        }
        ResponseStream out = new ResponseStream(response);
        answer.body().writeTo(out);
        answer.then().run();
        return out;
    }
}

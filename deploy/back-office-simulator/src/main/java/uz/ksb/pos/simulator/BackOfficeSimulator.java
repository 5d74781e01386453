package uz.ksb.pos.simulator;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import uz.ksb.pos.platform.process.ParentProcess;
import uz.ksb.pos.simulator.crm.CrmMethods;
import uz.ksb.pos.simulator.crm.WebhookSignature;
import uz.ksb.pos.simulator.erp.ErpMethods;
import uz.ksb.pos.simulator.fault.FaultBoard;
import uz.ksb.pos.simulator.http.Answer;
import uz.ksb.pos.simulator.http.FaultHandler;
import uz.ksb.pos.simulator.http.RequestLog;
import uz.ksb.pos.simulator.inspection.Inspection;
import uz.ksb.pos.simulator.inspection.ShopInspection;
import uz.ksb.pos.simulator.push.Push;
import uz.ksb.pos.simulator.shop.CsvShop;
import uz.ksb.pos.simulator.shop.Grocery;
import uz.ksb.pos.simulator.shop.Shop;
import uz.ksb.pos.simulator.state.SimulatorState;

/** The process: a server on one port, started from the environment. */
public final class BackOfficeSimulator implements AutoCloseable {

    private static final long MAX_BODY = 32L * 1024 * 1024;

    private final Vertx vertx;
    private final SimulatorState state;
    private final HttpServer server;

    /** Returns when it listens. */
    public BackOfficeSimulator(Settings settings) throws IOException {
        Clock clock = Clock.offset(Clock.systemUTC(), settings.clockOffset());
        ObjectMapper json = json();
        state = new SimulatorState(
                settings.state().isPresent() ? settings.state().get() : Files.createTempDirectory("simulator"),
                shops(settings),
                settings.anyEnterprise(),
                settings.password(),
                clock,
                json);
        FaultBoard faults = new FaultBoard(System::nanoTime);
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        ErpMethods erp = new ErpMethods(state, json, settings.user(), settings.password());
        RequestLog log = new RequestLog();
        Router router = router(
                new FaultHandler(faults, log, json),
                erp,
                new CrmMethods(
                        state, json, new WebhookSignature(settings.crmSecret(), settings.crmTolerance(), clock), clock),
                new Inspection(state, faults, log, erp.names(), json),
                new ShopInspection(state, new Push(settings.push(), json, clock), json),
                json);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(settings.port(), settings.host())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public static void main(String[] arguments) {
        try {
            Settings settings = Settings.of(System.getenv());
            settings.parentPid().ifPresent(pid -> ParentProcess.onEnd(pid, () -> System.exit(0)));
            BackOfficeSimulator simulator = new BackOfficeSimulator(settings);
            System.out.println("The back office simulator listens on port " + simulator.port());
        } catch (IOException | RuntimeException e) {
            System.err.println("The back office simulator cannot start: " + e.getMessage());
            System.exit(1);
        }
    }

    public int port() {
        return server.actualPort();
    }

    private static List<Shop> shops(Settings settings) {
        return List.of(
                new Grocery(settings.products(), settings.customers()).shop(),
                settings.data().map(CsvShop::from).orElseGet(CsvShop::empty));
    }

    /** Amounts are exact, both ways, and what a caller sent is kept as it was. */
    private static ObjectMapper json() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    private Router router(
            FaultHandler answering,
            ErpMethods erp,
            CrmMethods crm,
            Inspection inspection,
            ShopInspection shops,
            ObjectMapper json) {
        Router router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
        String page = page();
        router.get("/").handler(request -> request.response()
                .putHeader("content-type", "text/html; charset=utf-8")
                .end(page));
        router.get("/health").handler(answering.sound(request -> Answer.of(200, json, Map.of("status", "UP"))));
        router.route("/hs/ksbmerp_pos/:method/ksb")
                .handler(answering.faulty(
                        request -> request.pathParam("method"),
                        request -> request.request().getParam("ksb_id", ""),
                        erp::answer));
        router.post("/crm/sync-completed")
                .handler(answering.faulty(
                        request -> FaultBoard.CRM, crm::ksbId, (request, faults) -> crm.syncCompleted(request)));
        router.get("/ksb-info/:ksbId")
                .handler(answering.faulty(
                        request -> FaultBoard.KSB_INFO,
                        request -> request.pathParam("ksbId"),
                        (request, faults) -> crm.ksbInfo(request)));
        router.get("/_sim/sales").handler(answering.sound(inspection::sales));
        router.delete("/_sim/sales/:document").handler(answering.sound(inspection::deleteSale));
        router.get("/_sim/confirmations").handler(answering.sound(inspection::confirmations));
        router.get("/_sim/crm").handler(answering.sound(inspection::crm));
        router.get("/_sim/requests").handler(answering.sound(inspection::requests));
        router.get("/_sim/faults").handler(answering.sound(request -> inspection.faults()));
        router.post("/_sim/faults").handler(answering.sound(inspection::orderFaults));
        router.delete("/_sim/faults").handler(answering.sound(request -> inspection.clearFaults()));
        router.get("/_sim/enterprises").handler(answering.sound(request -> shops.enterprises()));
        router.get("/_sim/products").handler(answering.sound(shops::products));
        router.post("/_sim/products").handler(answering.sound(shops::changeProduct));
        router.post("/_sim/rates").handler(answering.sound(shops::changeRate));
        router.post("/_sim/users").handler(answering.sound(shops::addUser));
        router.post("/_sim/reset").handler(answering.sound(request -> inspection.reset()));
        return router;
    }

    private static String page() {
        try (InputStream page = BackOfficeSimulator.class.getResourceAsStream("/page.html")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        state.close();
    }
}

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
import uz.ksb.pos.simulator.inspection.Inspection;
import uz.ksb.pos.simulator.shop.CsvShop;
import uz.ksb.pos.simulator.shop.Grocery;
import uz.ksb.pos.simulator.shop.Shop;
import uz.ksb.pos.simulator.state.SimulatorState;

/** The process: a server on one port, started from the environment. */
public final class BackOfficeSimulator implements AutoCloseable {

    private static final long MAX_BODY = 32L * 1024 * 1024;

    private final Vertx vertx;
    private final SimulatorState book;
    private final HttpServer server;

    /** Listens when it comes back. */
    public BackOfficeSimulator(Settings settings) throws IOException {
        Clock clock = Clock.offset(Clock.systemUTC(), settings.clockOffset());
        ObjectMapper json = json();
        book = new SimulatorState(
                settings.state().isPresent() ? settings.state().get() : Files.createTempDirectory("simulator"),
                shops(settings),
                settings.password(),
                clock,
                json);
        FaultBoard faults = new FaultBoard(System::nanoTime);
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        ErpMethods erp = new ErpMethods(book, json, settings.user(), settings.password());
        Router router = router(
                new FaultHandler(faults, json),
                erp,
                new CrmMethods(
                        book, json, new WebhookSignature(settings.crmSecret(), settings.crmTolerance(), clock), clock),
                new Inspection(book, faults, erp.names(), json),
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

    int port() {
        return server.actualPort();
    }

    private static List<Shop> shops(Settings settings) {
        return List.of(
                new Grocery(settings.products()).shop(),
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
            FaultHandler stage, ErpMethods erp, CrmMethods crm, Inspection inspection, ObjectMapper json) {
        Router router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
        router.get("/health").handler(stage.sound(request -> Answer.of(200, json, Map.of("status", "UP"))));
        router.route("/hs/ksbmerp_pos/:method/ksb")
                .handler(stage.faulty(request -> request.pathParam("method"), erp::answer));
        router.post("/crm/sync-completed")
                .handler(stage.faulty(request -> FaultBoard.CRM, (request, faults) -> crm.syncCompleted(request)));
        router.get("/ksb-info/:ksbId")
                .handler(stage.faulty(request -> FaultBoard.KSB_INFO, (request, faults) -> crm.ksbInfo(request)));
        router.get("/_sim/sales").handler(stage.sound(inspection::sales));
        router.get("/_sim/confirmations").handler(stage.sound(inspection::confirmations));
        router.get("/_sim/crm").handler(stage.sound(inspection::crm));
        router.get("/_sim/faults").handler(stage.sound(request -> inspection.faults()));
        router.post("/_sim/faults").handler(stage.sound(inspection::orderFaults));
        router.delete("/_sim/faults").handler(stage.sound(request -> inspection.clearFaults()));
        router.post("/_sim/products").handler(stage.sound(inspection::changeProduct));
        router.post("/_sim/reset").handler(stage.sound(request -> inspection.reset()));
        return router;
    }

    @Override
    public void close() throws IOException {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        book.close();
    }
}

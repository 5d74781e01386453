package uz.ksb.pos.local.up;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import uz.ksb.pos.local.failure.CommandFailed;
import uz.ksb.pos.local.proxy.OriginProxy;
import uz.ksb.pos.local.proxy.Routes;
import uz.ksb.pos.local.supervision.Leftovers;
import uz.ksb.pos.local.supervision.Part;
import uz.ksb.pos.local.supervision.Supervisor;
import uz.ksb.pos.platform.embedded.EmbeddedPostgres;

/** All parts of one local system, in the order in which they are started; stopped the other way round. */
final class Stack {

    private static final Duration START_LIMIT = Duration.ofMinutes(8);
    private static final Duration SERVICES_STOP = Duration.ofSeconds(3);
    private static final Duration STORES_STOP = Duration.ofSeconds(2);
    private static final Duration SERVICE_SILENCE = Duration.ofMinutes(5);

    private final Path root;
    private final Ports ports;
    private final Workspace workspace;
    private final Environment environment;
    private final List<Service> started;
    private final Java.Caches caches;
    private final Consumer<String> report;
    private final List<Supervisor> services = new CopyOnWriteArrayList<>();
    private final List<Supervisor> stores = new CopyOnWriteArrayList<>();
    private volatile OriginProxy proxy;

    /** @param started the others are only routed to; the settings of all are written down */
    Stack(Path root, Environment environment, List<Service> started, Java.Caches caches, Consumer<String> report) {
        this.root = root;
        this.ports = environment.ports();
        this.workspace = environment.workspace();
        this.environment = environment;
        this.started = started;
        this.caches = caches;
        this.report = report;
    }

    /** Comes back when everything is ready; whatever ends later is started again. */
    void start() {
        requireBuilt();
        endLeftovers(workspace, report);
        ports.requireFree(started, environment.replicas());
        workspace.pidFile("launcher").write(ProcessHandle.current());
        PostgresPart postgres = postgres();
        start(List.of(postgres, new KafkaPart(ports, workspace, workspace.freshLog("Kafka"))), stores);
        new Databases(postgres.server(), workspace.secrets()).create(Service.ALL);
        Service.ALL.forEach(service -> workspace.writeEnvironment(service.name(), environment.of(service)));
        // Before the services: of several processes one asks another through the origin.
        listen();
        start(started.stream().flatMap(this::parts).toList(), services);
    }

    /** Ends everything, services first, within ten seconds. */
    void stop() {
        stop(SERVICES_STOP);
    }

    /** @param limit for the services, which have more to do at their end when caches are made */
    void stop(Duration limit) {
        // Ctrl-C in a terminal reaches every part at once.
        services.forEach(Supervisor::leave);
        stores.forEach(Supervisor::leave);
        if (proxy != null) {
            proxy.close();
        }
        CompletableFuture.allOf(services.stream()
                        .map(service ->
                                CompletableFuture.runAsync(() -> service.stop(limit), Thread::startVirtualThread))
                        .toArray(CompletableFuture[]::new))
                .join();
        List<Supervisor> reversed = new ArrayList<>(stores).reversed();
        reversed.forEach(store -> store.stop(STORES_STOP));
        workspace.pidFile("launcher").delete();
    }

    private void requireBuilt() {
        for (Service service : started) {
            if (!Files.exists(service.artefact(root))) {
                throw new CommandFailed(service.name() + " is not built: " + service.artefact(root) + " is missing");
            }
        }
    }

    private PostgresPart postgres() {
        return new PostgresPart(new EmbeddedPostgres.Settings(
                workspace.postgres(),
                ports.postgres(),
                workspace.secrets().databasePassword("postgres"),
                true,
                workspace.freshLog("PostgreSQL")));
    }

    /** Ends what a killed launcher left behind; only the owner of the workspace's lock may call this. */
    static void endLeftovers(Workspace workspace, Consumer<String> report) {
        PostgresPart.endLeftover(workspace.postgres());
        new Leftovers(workspace.run(), report).end();
    }

    private Stream<Part> parts(Service service) {
        return replicas(service)
                .mapToObj(replica -> new ServicePart(
                        service,
                        replica == 1 ? root : secondRoot(),
                        caches,
                        service.name(replica),
                        ports.of(service, replica),
                        environment.of(service, replica),
                        workspace.freshLog(service.name(replica))));
    }

    /** Where further processes of a service are built: another version's checkout beside this one, for tests of upgrades. */
    private Path secondRoot() {
        String other = System.getenv("POS_SECOND_ROOT");
        return other == null ? root : Path.of(other);
    }

    private IntStream replicas(Service service) {
        return IntStream.rangeClosed(1, service.hasReplicas() ? environment.replicas() : 1);
    }

    private void start(Collection<? extends Part> parts, List<Supervisor> into) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        // The first that will never be ready is enough: nobody waits for the others.
        CompletableFuture<Void> never = new CompletableFuture<>();
        for (Part part : parts) {
            Supervisor supervisor = new Supervisor(part, workspace.pidFile(part.name()), report);
            into.add(supervisor);
            all.add(supervisor
                    .start()
                    .thenAccept(time ->
                            report.accept("  %-18s ready in %5.1f s".formatted(part.name(), time.toMillis() / 1000.0)))
                    .whenComplete((ready, failure) -> {
                        if (failure != null) {
                            never.completeExceptionally(failure);
                        }
                    }));
        }
        try {
            CompletableFuture.anyOf(never, CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)))
                    .orTimeout(START_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof CommandFailed hopeless
                    ? hopeless
                    : new CommandFailed(
                            "not everything became ready within " + START_LIMIT.toSeconds() + " s; see .pos/logs");
        }
    }

    private void listen() {
        Map<String, List<Integer>> upstreams = Service.ALL.stream()
                .collect(Collectors.toMap(Service::name, service -> replicas(service)
                        .mapToObj(replica -> ports.of(service, replica))
                        .toList()));
        proxy = new OriginProxy(Routes.load(), upstreams, SERVICE_SILENCE);
        try {
            proxy.listen(ports.base()).toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new CommandFailed("the origin cannot listen on port " + ports.base() + ": "
                    + e.getCause().getMessage());
        }
    }
}

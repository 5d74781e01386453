package uz.ksb.pos.product.update;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.compression.DecompressionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.problem.ProblemDetails;
import uz.ksb.pos.platform.problem.UnreachableKeys;
import uz.ksb.pos.platform.spool.SpoolFile;

/**
 * {@code POST /api/product-updates}: a JSON array, or NDJSON of any length. A route of Vert.x, because a resource gets its body
 * whole only.
 */
@ApplicationScoped
class ProductUpdatesRoute {
    private static final Logger LOG = Logger.getLogger(ProductUpdatesRoute.class);
    private static final String PATH = "/api/product-updates";
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";
    private static final int MAX_ARRAY = 16 * 1024 * 1024;
    private static final int MAX_DEPTH = 100_000;
    private static final String NO_GZIP = "is not gzip";
    private static final int PIECE = 64 * 1024;
    /**
     * Only finds the rows; each row is read under limits of its own. A factory that does not collect the names of fields reads them as
     * it reads texts: half a surrogate pair in one is no fault of the array.
     */
    private static final JsonFactory JSON_FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_ARRAY)
                    .maxNameLength(MAX_ARRAY)
                    .build())
            .build();

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ProductUpdating updating;
    private final ObjectMapper json;
    private final Vertx vertx;
    private final Duration idle;
    private final UpdateSlots slots = new UpdateSlots();

    /** @param idle how long the next bytes of a body may take */
    ProductUpdatesRoute(
            ProductUpdating updating,
            ObjectMapper json,
            Vertx vertx,
            @ConfigProperty(name = "pos.product-updates.idle", defaultValue = "30s") Duration idle) {
        this.updating = updating;
        this.json = json;
        this.vertx = vertx;
        this.idle = idle;
    }

    void register(@Observes Router router) {
        router.post(PATH).handler(this::handle);
    }

    private void handle(RoutingContext exchange) {
        exchange.request().pause();
        Context eventLoop = vertx.getOrCreateContext();
        identity(exchange)
                .map(ProductUpdatesRoute::backOffice)
                .emitOn(task -> eventLoop.runOnContext(ignored -> task.run()))
                .subscribe()
                .with(caller -> receive(exchange, caller), failure -> refuse(exchange, failure));
    }

    private static Uni<SecurityIdentity> identity(RoutingContext exchange) {
        Uni<SecurityIdentity> identity = QuarkusHttpUser.getSecurityIdentity(exchange, null);
        return identity == null ? Uni.createFrom().failure(notAuthenticated()) : identity;
    }

    /** Checks the role, as {@code @RolesAllowed} does for resources. */
    private static Caller backOffice(SecurityIdentity identity) {
        Caller caller = Caller.of(identity).orElseThrow(ProductUpdatesRoute::notAuthenticated);
        if (!identity.hasRole(Role.IS_BACK_OFFICE)) {
            throw Problem.forbidden("forbidden", "Your role does not allow this.");
        }
        return caller;
    }

    private void receive(RoutingContext exchange, Caller caller) {
        String type = mediaType(exchange.request());
        String encoding = exchange.request().getHeader(HttpHeaders.CONTENT_ENCODING);
        boolean packed = "gzip".equalsIgnoreCase(encoding);
        if (!type.equals(NDJSON) && !type.equals(JSON)) {
            refuse(exchange, Problem.invalid("Content-Type", "is neither JSON nor NDJSON"));
        } else if (encoding != null && !encoding.equalsIgnoreCase("identity") && !(packed && type.equals(NDJSON))) {
            refuse(exchange, Problem.unsupported("Content-Encoding", "only NDJSON may be compressed, with gzip"));
        } else {
            Context eventLoop = vertx.getOrCreateContext();
            Runnable start = () -> eventLoop.runOnContext(now -> read(exchange, caller, type, packed));
            if (slots.enter(exchange, caller.ksbId(), start)) {
                exchange.addEndHandler(end -> slots.leave(exchange, caller.ksbId()));
            } else {
                refuse(exchange, Problem.tooMany("too-many-updates", "Too many updates are being read.", RETRY_AFTER));
            }
        }
    }

    private void read(RoutingContext exchange, Caller caller, String type, boolean packed) {
        RowPump[] pump = new RowPump[1];
        UpdateIntake intake = new UpdateIntake(
                (chunk, bulk) -> updating.apply(caller.ksbId(), chunk, bulk),
                () -> pump[0].advance(),
                result -> answer(exchange, result),
                failure -> refuse(exchange, failure));
        exchange.request().exceptionHandler(broken -> intake.abandon());
        watch(exchange, intake);
        if (type.equals(NDJSON)) {
            pump[0] = new RowPump(vertx, new RowCutter.Lines(), intake, () -> exchange.request()
                    .resume());
            receiveLines(exchange, pump[0], packed);
        } else {
            pump[0] = new RowPump(vertx, new RowCutter.Elements(), intake, () -> {});
            receiveArray(exchange, pump[0], intake);
        }
    }

    private static void receiveLines(RoutingContext exchange, RowPump pump, boolean packed) {
        HttpServerRequest request = exchange.request();
        Gunzip gunzip = packed ? new Gunzip() : null;
        if (gunzip != null) {
            exchange.addEndHandler(end -> gunzip.close());
        }
        request.handler(piece -> {
            request.pause();
            pump.feed(gunzip == null ? RowPump.plain(piece) : gunzip.unpack(piece));
        });
        request.endHandler(end -> pump.end(gunzip == null ? () -> {} : gunzip::mustBeWhole));
        request.resume();
    }

    /** A sender that brings nothing for a while gives its place to others. */
    private void watch(RoutingContext exchange, UpdateIntake intake) {
        HttpServerRequest request = exchange.request();
        long[] before = {-1};
        long timer = vertx.setPeriodic(idle.toMillis(), tick -> {
            if (!request.isEnded() && request.bytesRead() == before[0]) {
                // The rest would be waited for, for ever.
                exchange.addEndHandler(answered -> request.connection().close());
                intake.fail(Problem.tooSlow("No more of the body came for " + idle.toSeconds()
                        + " s. What was applied stays; send it all again."));
            }
            before[0] = request.bytesRead();
        });
        exchange.addEndHandler(end -> vertx.cancelTimer(timer));
    }

    /** An array is applied whole or, when it is none, not at all; so it is kept on the disk until its end has come. */
    private void receiveArray(RoutingContext exchange, RowPump pump, UpdateIntake intake) {
        SpoolFile.of(vertx, exchange.request(), MAX_ARRAY)
                .compose(file -> {
                    exchange.addEndHandler(end -> file.close());
                    return vertx.executeBlocking(() -> checked(file));
                })
                .onFailure(intake::fail)
                .onSuccess(file -> {
                    pump.feed(pieces(file));
                    pump.end(() -> {});
                });
    }

    private static SpoolFile checked(SpoolFile file) throws IOException {
        try (JsonParser parser = JSON_FACTORY.createParser(file.open())) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw Problem.invalid("body", "is not a JSON array");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw Problem.invalid("body", "is not valid JSON");
            }
            return file;
        } catch (JsonProcessingException e) {
            throw Problem.invalid("body", "is not valid JSON");
        }
    }

    private static Iterator<byte[]> pieces(SpoolFile file) {
        InputStream bytes = file.open();
        return Stream.generate(() -> piece(bytes))
                .takeWhile(piece -> piece.length > 0)
                .iterator();
    }

    private static byte[] piece(InputStream bytes) {
        try {
            return bytes.readNBytes(PIECE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(RoutingContext exchange, UpdateResult result) {
        send(exchange, 200, JSON, result);
    }

    private void refuse(RoutingContext exchange, Throwable failure) {
        Problem problem = problem(failure);
        if (exchange.response().ended() || exchange.response().closed()) {
            return;
        }
        if (problem.status() == 401) {
            exchange.response().putHeader("WWW-Authenticate", "Bearer");
        }
        if (problem.retryAfter() != null) {
            exchange.response()
                    .putHeader("Retry-After", Long.toString(problem.retryAfter().toSeconds()));
        }
        // The rest of the body is not read.
        exchange.response().putHeader(HttpHeaders.CONNECTION, "close");
        send(exchange, problem.status(), ProblemDetails.MEDIA_TYPE, problem.details());
    }

    private static Problem problem(Throwable failure) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof AuthenticationFailedException) {
            return UnreachableKeys.explain(failure) ? UnreachableKeys.problem() : notAuthenticated();
        }
        if (failure instanceof SpoolFile.TooLong) {
            return Problem.tooLarge("An array may have at most 16 MB; NDJSON may have any length.");
        }
        if (failure instanceof DecompressionException) {
            return Problem.invalid("body", NO_GZIP);
        }
        LOG.error("A product update stopped; what was applied stays, the sender may send it all again", failure);
        return Problem.unavailable(
                "The update stopped on the way. Send it again: nothing is applied twice.", RETRY_AFTER);
    }

    private void send(RoutingContext exchange, int status, String mediaType, Object body) {
        try {
            exchange.response()
                    .setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                    .end(Buffer.buffer(json.writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String mediaType(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static Problem notAuthenticated() {
        return Problem.unauthorized("not-authenticated", "A valid token is needed.");
    }
}

package uz.ksb.pos.platform.problem;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.database.Readings;
import uz.ksb.pos.platform.http.ClientAddress;

/** Endpoints that show how the edge answers; part of the tests only. */
@Path("/edge")
class EdgeResource {
    private final CurrentCaller caller;
    private final Pool pool;
    private final Readings readings;

    EdgeResource(CurrentCaller caller, Pool pool, Readings readings) {
        this.caller = caller;
        this.pool = pool;
        this.readings = readings;
    }

    @GET
    @Path("/database")
    public Uni<Integer> database(@RestQuery int seconds) {
        return sleep(pool, seconds);
    }

    @GET
    @Path("/database/reading")
    public Uni<Integer> reading(@RestQuery int seconds) {
        return readings.within("10000001", Duration.ofMillis(300), connection -> sleep(connection, seconds));
    }

    private static Uni<Integer> sleep(SqlClient client, int seconds) {
        return client.query("select pg_sleep(" + seconds + ")").execute().replaceWith(seconds);
    }

    record Line(
            @Pattern(regexp = "\\d{8}", message = "must be 8 digits")
            String code,

            BigDecimal price) {}

    record Order(List<@Valid Line> lines) {}

    @POST
    @Path("/orders")
    public Uni<Order> order(@Valid Order order) {
        return Uni.createFrom().item(order);
    }

    @POST
    @Path("/large-orders")
    public Uni<Integer> largeOrder(@Valid Order order) {
        return Uni.createFrom().item(order.lines().size());
    }

    record Values(
            BigDecimal decimal,
            Long number,
            int count,
            OffsetDateTime time,
            Instant instant,
            LocalDate date,
            UUID id,
            String text,
            boolean flag,
            Map<String, Object> deep) {}

    enum State {
        OPEN,
        DONE
    }

    @POST
    @Path("/values")
    public Uni<Values> values(Values values) {
        return Uni.createFrom().item(values);
    }

    @GET
    @Path("/values/{id}")
    public String parameters(
            @RestPath UUID id,
            @RestQuery LocalDate date,
            @RestQuery OffsetDateTime time,
            @RestQuery @DefaultValue("50") int limit,
            @QueryParam("version") Long version,
            @RestQuery State state,
            @RestQuery UUID customer,
            @RestQuery String text) {
        return id.toString() + limit;
    }

    @GET
    @Path("/me")
    @RolesAllowed(Role.IS_CASHIER)
    public Caller me() {
        return caller.get();
    }

    @GET
    @Path("/address")
    public String address(@Context HttpServerRequest request) {
        return ClientAddress.of(request);
    }

    @GET
    @Path("/manager")
    @RolesAllowed(Role.IS_MANAGER)
    public String manager() {
        return "ok";
    }

    @GET
    @Path("/wait")
    public Uni<String> refusedForNow() {
        return Uni.createFrom().failure(Problem.tooMany("too-many-logins", "Wait.", Duration.ofMillis(1500)));
    }

    @GET
    @Path("/conflict")
    public Uni<String> conflict() {
        return Uni.createFrom().failure(Problem.conflict("revision", "It has changed.", Map.of("revision", 6)));
    }

    @GET
    @Path("/broken")
    public Uni<String> broken() {
        return Uni.createFrom().failure(new IllegalStateException("a secret detail"));
    }
}

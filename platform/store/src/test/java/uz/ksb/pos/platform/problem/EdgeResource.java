package uz.ksb.pos.platform.problem;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;

/** Endpoints that show how the edge answers; part of the tests only. */
@Path("/edge")
class EdgeResource {
    private final CurrentCaller caller;

    EdgeResource(CurrentCaller caller) {
        this.caller = caller;
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

    @GET
    @Path("/me")
    @RolesAllowed(Role.IS_CASHIER)
    public Caller me() {
        return caller.get();
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

package uz.ksb.pos.platform.http;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import uz.ksb.pos.platform.problem.Problem;

/** Refuses the character 0 in an address: PostgreSQL knows no such text, so that nothing can be found by it. */
@Provider
@PreMatching
class AddressCheck implements ContainerRequestFilter {
    @Context
    HttpServerRequest request;

    @Override
    public void filter(ContainerRequestContext context) {
        if (request.uri().contains("%00")) {
            throw Problem.invalid("address", "must not hold the character 0");
        }
    }
}

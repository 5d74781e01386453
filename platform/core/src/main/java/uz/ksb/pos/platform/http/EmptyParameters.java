package uz.ksb.pos.platform.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;
import uz.ksb.pos.platform.problem.Problem;

/** A query parameter without a value is refused; the framework would take it for one that is left out. */
@Provider
class EmptyParameters implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        for (Map.Entry<String, List<String>> parameter :
                request.getUriInfo().getQueryParameters().entrySet()) {
            if (parameter.getValue().contains("")) {
                throw Problem.invalid(parameter.getKey(), "must not be empty");
            }
        }
    }
}

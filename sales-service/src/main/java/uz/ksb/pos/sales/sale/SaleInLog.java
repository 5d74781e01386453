package uz.ksb.pos.sales.sale;

import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import uz.ksb.pos.platform.log.LogContext;

/** Lines that are logged in a request about one sale carry the sale's id. */
class SaleInLog {
    @ServerRequestFilter
    void note(UriInfo uri) {
        String id = uri.getPathParameters().getFirst("id");
        if (uri.getPath().startsWith("/api/sales/")) {
            LogContext.sale(id);
        }
    }
}

package uz.ksb.pos.sales.sale;

import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import uz.ksb.pos.platform.log.LogContext;

/** Lines that are logged in a request about one sale carry the sale's id. */
class SaleInLog {
    private static final int ID_LENGTH = 36;

    @ServerRequestFilter
    void note(UriInfo uri) {
        String id = uri.getPathParameters().getFirst("id");
        if (id != null && id.length() == ID_LENGTH && uri.getPath().startsWith("/api/sales/")) {
            LogContext.sale(id);
        }
    }
}

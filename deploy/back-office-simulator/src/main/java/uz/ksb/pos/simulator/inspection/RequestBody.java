package uz.ksb.pos.simulator.inspection;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import uz.ksb.pos.simulator.http.Refused;

/** Reads what a request brings; anything unreadable is a 400. */
final class RequestBody {

    private RequestBody() {}

    static <T> T of(RoutingContext request, ObjectMapper json, Class<T> type) {
        if (request.body().buffer() == null) {
            throw new Refused(400, "The body is missing");
        }
        try {
            return json.readValue(request.body().buffer().getBytes(), type);
        } catch (IOException e) {
            throw new Refused(400, "The body cannot be read: " + e.getMessage());
        }
    }

    /** The parameter {@code limit}; without one, everything. */
    static long limit(RoutingContext request) {
        try {
            return Long.parseUnsignedLong(request.request().getParam("limit", "" + Integer.MAX_VALUE));
        } catch (NumberFormatException e) {
            throw new Refused(400, "limit must be a number");
        }
    }
}

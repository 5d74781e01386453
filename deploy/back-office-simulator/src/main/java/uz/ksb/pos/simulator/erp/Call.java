package uz.ksb.pos.simulator.erp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Optional;
import uz.ksb.pos.simulator.http.Refused;
import uz.ksb.pos.simulator.shop.Shop;
import uz.ksb.pos.simulator.state.Device;

/** One call of one method by one device of one enterprise. */
record Call(Shop shop, Device device, RoutingContext request) {

    /** The body as a JSON object; one that names another caller than the address is refused. */
    JsonNode body(ObjectMapper json) throws IOException {
        byte[] bytes = Optional.ofNullable(request.body().buffer())
                .orElseThrow(() -> new Refused(400, "The body is missing"))
                .getBytes();
        JsonNode body = json.readTree(bytes);
        if (!body.isObject()) {
            throw new Refused(400, "The body must be a JSON object");
        }
        if (!body.path("ksb_id").asText(device.ksbId()).equals(device.ksbId())
                || !body.path("device_id").asText(device.deviceId()).equals(device.deviceId())) {
            throw new Refused(400, "ksb_id or device_id of the body are not those of the address");
        }
        return body;
    }
}

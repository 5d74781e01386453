package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import uz.ksb.pos.till.Api;
import uz.ksb.pos.till.TillSale;

/** A sale of one line of the sample shop that is opened and completed on the server. */
record OnlineSale(Api api, Api.Login till, String id) {

    /** @return what was paid */
    String sell(Map<String, Object> line) {
        String path = "/api/sales/" + id;
        Map<String, Object> sale =
                Map.of("id", id, "revision", 0, "currency", "UZS", "warehouse", "asosiy", "lines", List.of(line));
        Api.Answer open = api.put(path, till.token(), sale);
        assertThat(open.status()).as(open::body).isIn(200, 201);
        int sequence = ThreadLocalRandom.current().nextInt(1, 1_000_000);
        Api.Answer completed =
                api.post(path + "/completion", till.token(), TillSale.completion(open.json(), "naqd", sequence));
        assertThat(completed.status()).as(completed::body).isIn(200, 201);
        return open.json().path("total").asText();
    }
}

package uz.ksb.pos.benchmarks.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Round;
import uz.ksb.pos.benchmarks.stack.SampleShop;
import uz.ksb.pos.benchmarks.stack.Stack;
import uz.ksb.pos.till.Api;

/** product-service, taking NDJSON in one request. */
final class SentRows implements Contender {
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final Stack stack;
    private final LargeCatalogue catalogue;
    private final boolean unchanged;
    private int sets;

    /** @param unchanged whether the rows are sent that are there already */
    SentRows(Stack stack, LargeCatalogue catalogue, boolean unchanged) {
        this.stack = stack;
        this.catalogue = catalogue;
        this.unchanged = unchanged;
    }

    @Override
    public String name() {
        return "product-service";
    }

    @Override
    public Round run(Duration time) throws InterruptedException {
        boolean first = sets == 0;
        String set = unchanged ? "same" : "set" + sets;
        sets++;
        try (RowFile file = RowFile.of(catalogue, set)) {
            if (unchanged && first) {
                var unused = send(file);
            }
            long begin = System.nanoTime();
            JsonNode answer = send(file);
            double seconds = (System.nanoTime() - begin) / 1e9;
            String counted = unchanged ? "unchanged" : "created";
            if (answer.path(counted).asInt() != file.rows()) {
                throw new BenchFailed("of %d rows not all are %s: %s".formatted(file.rows(), counted, answer));
            }
            return Round.of(file.rows() / seconds);
        }
    }

    private JsonNode send(RowFile file) throws InterruptedException {
        String token = new Api("http://127.0.0.1:" + stack.port(0), stack.password()).backOffice(SampleShop.KSB_ID);
        try {
            Api.Answer answer = Api.exchange(new Api(stack.service(2), stack.password())
                    .request("/api/product-updates", token)
                    .timeout(LIMIT)
                    .header("Content-Type", "application/x-ndjson")
                    .POST(BodyPublishers.ofFile(file.path()))
                    .build());
            if (!answer.isSuccess()) {
                throw new BenchFailed("the products are not taken: " + answer);
            }
            return answer.json();
        } catch (IOException e) {
            throw new BenchFailed("the products cannot be sent", e);
        }
    }
}

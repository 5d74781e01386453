package uz.ksb.pos.product.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PartAppliedTest {
    @Inject
    ObjectMapper json;

    @Test
    void theAnswerLooksAsPublished() throws IOException {
        PartApplied answer = new PartApplied(
                UUID.fromString("018f3c1e-7b2a-7c3d-9e4f-000000000001"),
                "products",
                500,
                3,
                496,
                List.of(new PartApplied.RejectedItem("00-0017", "unit quti is not known")));

        try (InputStream golden = PartAppliedTest.class.getResourceAsStream("/golden/sync.part-applied.v1.json")) {
            assertThat(json.readTree(json.writeValueAsString(answer))).isEqualTo(json.readTree(golden));
        }
    }
}

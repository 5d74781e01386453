package uz.ksb.pos.settings.sync;

import static uz.ksb.pos.settings.Golden.mustLookAsIn;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PartAppliedTest {
    @Inject
    ObjectMapper json;

    @Test
    void theAnswerLooksAsPublished() {
        mustLookAsIn(
                "sync.part-applied.v1.json",
                json,
                new PartMessage.Applied(
                        UUID.fromString("018f3c1e-7b2a-7c3d-9e4f-000000000001"),
                        "settings",
                        200,
                        1,
                        198,
                        List.of(new PartMessage.RejectedRow(
                                "nodira", "maxDiscountPercent must be less than or equal to 100"))));
    }
}

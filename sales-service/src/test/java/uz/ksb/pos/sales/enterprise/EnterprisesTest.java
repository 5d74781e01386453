package uz.ksb.pos.sales.enterprise;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.execute;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EnterprisesTest {
    @Inject
    Enterprises enterprises;

    private final String ksbId = anEnterprise();

    @Test
    void theZoneThatAnotherReplicaSawIsTaken() throws Exception {
        execute("insert into enterprises values ('" + ksbId + "', 'Asia/Tashkent', '00:00', 'UZS')");
        assertThat(zone()).isEqualTo("Asia/Tashkent");

        execute("update enterprises set zone = 'Asia/Almaty' where ksb_id = '" + ksbId + "'");

        assertThat(zone()).isEqualTo("Asia/Almaty");
    }

    @Test
    void theZoneThatAnEventToldCounts() throws Exception {
        execute("insert into enterprises values ('" + ksbId + "', 'Asia/Tashkent', '00:00', 'UZS')");
        execute("insert into enterprise_rules values ('" + ksbId
                + "', 2, 'Asia/Samarkand', '00:00', 'UZS', '{}', null)");

        assertThat(zone()).isEqualTo("Asia/Samarkand");
    }

    private String zone() {
        enterprises.load().await().atMost(Duration.ofSeconds(30));
        return enterprises
                .find(ksbId)
                .map(Enterprises.Enterprise::zone)
                .map(ZoneId::getId)
                .orElse(null);
    }
}

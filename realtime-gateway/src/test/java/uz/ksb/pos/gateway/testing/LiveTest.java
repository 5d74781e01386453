package uz.ksb.pos.gateway.testing;

import static io.restassured.RestAssured.given;
import static uz.ksb.pos.platform.testing.Eventually.eventually;

import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test of the running gateway: two enterprises of its own, tills of the first one, and a publisher of events. */
public abstract class LiveTest {
    private static final AtomicInteger NEXT_SHOP = new AtomicInteger(26_000_000);

    @TestHTTPResource("/")
    protected URI address;

    protected final String shop = aShop();
    protected final String foreignShop = aShop();
    protected Tills tills;
    protected Publisher kafka;

    @BeforeEach
    void open() {
        kafka = new Publisher();
        tills = new Tills(address.getPort(), shop);
        eventually(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    @AfterEach
    void close() {
        tills.close();
        kafka.close();
    }

    private static String aShop() {
        return Integer.toString(NEXT_SHOP.getAndIncrement());
    }
}

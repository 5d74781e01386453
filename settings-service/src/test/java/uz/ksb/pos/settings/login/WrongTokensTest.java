package uz.ksb.pos.settings.login;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.settings.Till.ONE;
import static uz.ksb.pos.settings.Till.PASSWORD;
import static uz.ksb.pos.settings.Till.json;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.settings.Till;

/** Refresh tokens that are none: an address may show only so many, on either way. */
@QuarkusTest
class WrongTokensTest {
    @ConfigProperty(name = "pos.throttle.free-tokens-per-address")
    int free;

    private final String address = anAddress();
    private Till till;

    @BeforeEach
    void aTill() {
        till = Till.of(ONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"refresh", "logout"})
    void anAddressThatShowsManyWrongTokensWaits(String path) {
        times(free, i -> call(path, UUID.randomUUID() + ".guessed" + i, address));

        Response refused = call(path, UUID.randomUUID() + ".guessed", address);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isNotNull();
        assertThat(call(path, UUID.randomUUID() + ".guessed", anAddress()).statusCode())
                .isLessThan(429);
    }

    @Test
    void textsThatAreNoTokenCountToo() {
        times(free, i -> call("refresh", "nothing", address));

        assertThat(call("refresh", "nothing", address).statusCode()).isEqualTo(429);
    }

    @Test
    void manyRenewalsFromOneAddressDoNotWait() {
        String token = till.login("kassir", PASSWORD).path("refreshToken");
        for (int i = 0; i < free + 10; i++) {
            token = call("refresh", token, address).path("refreshToken");
        }
        assertThat(call("logout", token, address).statusCode()).isEqualTo(204);
    }

    @Test
    void wrongTokensLockNoLoginOut() {
        times(free, i -> call("refresh", "nothing", address));
        assertThat(call("refresh", "nothing", address).statusCode()).isEqualTo(429);

        assertThat(json(Map.of(
                                "ksbId",
                                ONE,
                                "deviceId",
                                till.deviceId().toString(),
                                "login",
                                "kassir",
                                "password",
                                PASSWORD))
                        .header("X-Device-Token", till.token())
                        .header("X-Forwarded-For", address)
                        .post("/api/auth/login")
                        .statusCode())
                .isEqualTo(200);
    }

    private Response call(String path, String token, String from) {
        return json(Map.of("refreshToken", token))
                .header("X-Device-Token", till.token())
                .header("X-Forwarded-For", from)
                .post("/api/auth/" + path);
    }

    private static void times(int count, IntFunction<Response> call) {
        assertThat(IntStream.range(0, count).mapToObj(call).map(Response::statusCode))
                .doesNotContain(429);
    }

    private static String anAddress() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "10.%d.%d.%d".formatted(random.nextInt(250), random.nextInt(250), random.nextInt(4, 250));
    }
}

package uz.ksb.pos.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.Eventually.inOneOf;
import static uz.ksb.pos.platform.testing.Eventually.within;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.testing.Client;
import uz.ksb.pos.gateway.testing.LiveTest;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.gateway.testing.RawClient;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.Tokens;

/** Admission: which clients are let in, how long they may stay, which are cut. */
@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
class AdmissionTest extends LiveTest {
    private static final Duration CUT_WITHIN = Duration.ofSeconds(1);
    private static final int TRIES = 5;

    @Test
    void whoDoesNotShowATokenInTimeIsClosed() {
        assertThat(tills.connect().closeCode()).isEqualTo(4408);
    }

    @Test
    void badTokensAreClosed() {
        for (String bad : new String[] {
            Tokens.of(shop, Role.CASHIER).expired().sign(),
            "nonsense",
            "",
            "eyJhbGciOiJub25lIn0.eyJrc2JfaWQiOiIxMDAwMDAwMSJ9.",
            Tokens.of(shop, Role.BACK_OFFICE).sign(),
            tills.token() + "x"
        }) {
            assertThat(tills.connect().auth(bad).closeCode()).as(bad).isEqualTo(4401);
        }
    }

    @Test
    void nothingIsHeardBeforeTheToken() {
        for (String first : new String[] {
            "{\"op\":\"subscribe\",\"channels\":[\"sales\"]}", "{\"op\":\"ping\"}", "{\"op\":\"auth\"}", "garbage"
        }) {
            Client early = tills.connect().say(first);
            assertThat(early.closeCode()).as(first).isEqualTo(4401);
            assertThat(early.texts()).as(first).isEmpty();
        }
    }

    @Test
    void aTokenThatEndsIsWarnedOfThenClosed() {
        Client till = tills.welcome(tills.tokenEndingIn(6));
        assertThat(till.next("expiring").path("in").asInt()).isBetween(1, 6);
        assertThat(till.closeCode()).isEqualTo(4401);
    }

    @Test
    void aRenewedTokenKeepsTheConnection() {
        Client till = tills.connect().auth(tills.tokenEndingIn(4)).subscribe("sales");
        String session = till.next("welcome").path("session").asText();
        till.auth(tills.token());
        eventually(() -> assertThat(till.texts())
                .filteredOn(text -> text.contains(session))
                .hasSize(2));

        assertThat(tills.connect().auth(tills.tokenEndingIn(4)).closeCode()).isEqualTo(4401);
        kafka.publish(Topics.SALES, shop, "sale.opened", "a", "{\"id\":\"a\"}");
        eventually(() -> assertThat(till.texts()).anyMatch(text -> text.contains("{\"id\":\"a\"}")));
        assertThat(till.isClosed()).isFalse();
    }

    @Test
    void aRenewedTokenThatEndsSoonerIsTheOneThatCounts() {
        Client till = tills.welcome(tills.token());
        till.auth(tills.tokenEndingIn(6)).next("welcome");
        assertThat(till.next("expiring").path("in").asInt()).isBetween(1, 6);
        assertThat(till.closeCode()).isEqualTo(4401);
    }

    @Test
    void onlyATokenOfTheSameEnterpriseAndDeviceRenews() {
        String ofAnotherDevice = Tokens.of(shop, Role.CASHIER)
                .with(Claims.DEVICE_ID, Ids.next().toString())
                .sign();
        String ofAnotherShop = Tokens.of(foreignShop, Role.CASHIER)
                .with(Claims.DEVICE_ID, Tokens.deviceOf(shop).toString())
                .sign();
        for (String other : new String[] {ofAnotherDevice, ofAnotherShop, tills.tokenEndingIn(-1), "nonsense"}) {
            assertThat(tills.welcome(tills.token()).auth(other).closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void aBlockedDeviceIsCutWithinASecondAndItsTokenRefused() {
        inOneOf(TRIES, this::block);
    }

    private void block() {
        String device = Ids.next().toString();
        String token =
                Tokens.of(shop, Role.CASHIER).with(Claims.DEVICE_ID, device).sign();
        Client till = tills.welcome(token);
        long published = System.nanoTime();
        kafka.publish(Topics.SETTINGS, shop, "device.blocked", device, "{}");

        assertThat(till.closeCode()).isEqualTo(4403);
        assertThat(Duration.ofNanos(System.nanoTime() - published)).isLessThan(CUT_WITHIN);
        assertThat(tills.connect().auth(token).closeCode()).isEqualTo(4403);
    }

    @Test
    void aBlockedDeviceIsCutAlsoWhenItReadsNothing() {
        inOneOf(TRIES, this::blockWhoReadsNothing);
    }

    private void blockWhoReadsNothing() throws IOException {
        String device = Ids.next().toString();
        String token =
                Tokens.of(shop, Role.CASHIER).with(Claims.DEVICE_ID, device).sign();
        try (RawClient till = new RawClient(address.getPort(), 4_096)) {
            till.text("{\"op\":\"auth\",\"token\":\"" + token + "\"}").awaitText("welcome");
            till.text("{\"op\":\"subscribe\",\"channels\":[\"sales\"]}").awaitText("subscribed");
            String sale = "{\"comment\":\"" + "x".repeat(100_000) + "\"}";
            for (int number = 0; number < 100; number++) {
                kafka.publish(Topics.SALES, shop, "sale.opened", "s" + number, sale);
            }
            kafka.publish(Topics.SETTINGS, shop, "device.blocked", device, "{}");
            within(CUT_WITHIN, () -> assertThat(connections()).isZero());
            // It does not take the close frame: the socket ends without it.
            within(Duration.ofSeconds(20), () -> assertThatThrownBy(() -> till.text("{}"))
                    .isInstanceOf(IOException.class));
        }
    }

    private int connections() {
        return given().auth()
                .oauth2(Tokens.of(shop, Role.ADMIN).sign())
                .get("/api/live/stats")
                .jsonPath()
                .getInt("connections");
    }

    @Test
    void aDisabledUserIsCutAndOthersStay() {
        Client manager = tills.welcome(Tokens.of(shop, Role.MANAGER).sign());
        Client cashier = tills.welcome(tills.token());
        kafka.publish(Topics.SETTINGS, shop, "user.disabled", "cashier", "{\"login\":\"cashier\"}");

        assertThat(cashier.closeCode()).isEqualTo(4403);
        manager.say("{\"op\":\"ping\"}");
        manager.next("pong");
    }
}

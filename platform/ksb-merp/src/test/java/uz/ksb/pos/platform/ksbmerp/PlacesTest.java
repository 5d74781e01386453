package uz.ksb.pos.platform.ksbmerp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final AtomicInteger looks = new AtomicInteger();
    private long now;
    private final Places places = new Places(2, 1, SOON, looks::incrementAndGet, () -> now);

    @Test
    void anEnterpriseHasOneTurnAtATime() {
        assertThat(places.enter("a", false)).isTrue();
        assertThat(places.enter("a", false)).isFalse();
        places.leave("a");
        assertThat(places.enter("a", false)).isTrue();
    }

    @Test
    void aSlowCallFreesItsPlaceAndGoesOn() {
        fill();
        UniAssertSubscriber<Object> slow = silentCall("a");

        await().atMost(LIMIT).until(() -> places.enter("b", false));

        slow.assertNotTerminated();
        assertThat(places.wasSlow("a")).isTrue();
        assertThat(places.wasSlow("b")).isFalse();
        await().atMost(LIMIT).until(() -> looks.get() == 1);
    }

    @Test
    void whereNoRoomIsLeftASlowCallIsGivenUp() {
        assertThat(places.enter("slow", true)).isTrue();
        assertThat(places.enter("a", false)).isTrue();
        AtomicBoolean cancelled = new AtomicBoolean();

        UniAssertSubscriber<Object> slow = places.call(
                        "a", Uni.createFrom().nothing().onCancellation().invoke(() -> cancelled.set(true)))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        slow.awaitFailure(LIMIT).assertFailedWith(BackOfficeFailure.class, "has not answered");
        assertThat(cancelled).isTrue();
        assertThat(places.goesOn("a")).isFalse();
        assertThat(places.wasSlow("a")).isTrue();
    }

    @Test
    void whoWasSlowTakesNoPlaceOfOthers() {
        assertThat(places.enter("slow", true)).isTrue();
        assertThat(places.enter("slow too", true)).isFalse();
        assertThat(places.hasRoom(true)).isFalse();
        fill();
        assertThat(places.hasRoom(false)).isFalse();
    }

    @Test
    void whoAnswersInTimeIsSlowNoLonger() {
        assertThat(places.enter("a", true)).isTrue();

        Object answer = places.call("a", Uni.createFrom().item("answer"))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .awaitItem(LIMIT)
                .getItem();

        assertThat(answer).isEqualTo("answer");
        assertThat(places.wasSlow("a")).isFalse();
    }

    @Test
    void longWorkFreesItsPlaceAndIsNeverGivenUp() {
        fill();
        UniAssertSubscriber<Object> work =
                places.work("a", Uni.createFrom().nothing()).subscribe().withSubscriber(UniAssertSubscriber.create());
        await().atMost(LIMIT).until(() -> places.hasRoom(false));
        UniAssertSubscriber<Object> more = places.work(
                        "filled-1",
                        Uni.createFrom().item("done").onItem().delayIt().by(SOON.multipliedBy(5)))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        more.awaitItem(LIMIT).assertItem("done");
        work.assertNotTerminated();
        assertThat(places.wasSlow("a")).isFalse();
    }

    @Test
    void aTurnEndsSoThatOthersComeToTheirs() {
        assertThat(places.enter("a", false)).isTrue();
        assertThat(places.goesOn("a")).isTrue();
        now += Places.MAX_TURN.toNanos() + 1;
        assertThat(places.goesOn("a")).isFalse();
    }

    private void fill() {
        assertThat(places.enter("a", false)).isTrue();
        assertThat(places.enter("filled-1", false)).isTrue();
        assertThat(places.enter("b", false)).isFalse();
    }

    private UniAssertSubscriber<Object> silentCall(String ksbId) {
        return places.call(ksbId, Uni.createFrom().nothing()).subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}

package uz.ksb.pos.sales.till.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.sales.house.Till;

/** Whether a till leaves the day's sum whole. */
class KnownTillTest {
    private static final Instant NOW = Instant.parse("2026-11-23T05:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(75);
    private static final TillView.Settled CLOSED = new TillView.Settled("closed", "sotildi", "boshliq", NOW);

    @Test
    void aTillIsCompleteWhenTheServerHasAllItsNumbers() {
        assertState(aTill().heard(aReport(0, 3L), NOW).compared(has(1, 2, 3), NOW), TillState.WORKING, true);
    }

    @Test
    void aTillWithUnsentSalesIsNamedSinceTheOldest() {
        KnownTill till = aTill().heard(aReport(3, 6L), NOW).compared(has(1, 2, 3), NOW);
        assertState(till, TillState.UNSENT, false);
        assertThat(till.view().missing()).isEqualTo(3);
        assertThat(till.view().since()).isEqualTo(NOW.minusSeconds(600));
    }

    @Test
    void aTillThatVanishedWhileSellingIsNamedSinceItWasHeard() {
        KnownTill heard = aTill().heard(aReport(0, 3L), NOW).compared(has(1, 2, 3), NOW);
        assertState(heard.watched(NOW.plusSeconds(70), LIMIT), TillState.WORKING, true);
        KnownTill away = heard.watched(NOW.plusSeconds(76), LIMIT);
        assertState(away, TillState.AWAY, false);
        assertThat(away.view().since()).isEqualTo(NOW);
        assertState(away.heard(aReport(0, 3L), NOW.plusSeconds(90)), TillState.WORKING, true);
    }

    @Test
    void aTillThatWasClosedProperlyStaysComplete() {
        KnownTill till = aTill().heard(aClosing(0, 3L), NOW).compared(has(1, 2, 3), NOW);
        assertState(till.watched(NOW.plusSeconds(40_000), LIMIT), TillState.CLOSED, true);
    }

    @Test
    void aTillThatWasClosedWithUnsentSalesIsNamed() {
        KnownTill till = aTill().heard(aClosing(1, 4L), NOW).compared(has(1, 2, 3), NOW);
        assertState(till.watched(NOW.plusSeconds(40_000), LIMIT), TillState.UNSENT, false);
    }

    @Test
    void salesThatAnotherTillBroughtAreNotWaitedFor() {
        KnownTill closed = aTill().heard(aClosing(1, 4L), NOW).compared(has(1, 2, 3, 4), NOW);
        assertState(closed, TillState.CLOSED, true);
        KnownTill working = aTill().heard(aReport(1, 4L), NOW).compared(has(1, 2, 3, 4), NOW);
        assertState(working, TillState.UNSENT, false);
    }

    @Test
    void aNumberThatNobodyHasIsMissing() {
        KnownTill till = aTill().heard(aReport(0, 4L), NOW).compared(has(1, 2, 4), NOW);
        assertState(till, TillState.MISSING, false);
        assertThat(till.view().missing()).isEqualTo(1);
        KnownTill behind = aTill().heard(aReport(0, 9L), NOW).compared(has(1, 2, 3), NOW);
        assertThat(behind.view().missing()).isEqualTo(6);
    }

    @Test
    void aNumberThatIsKeptForTheNextSaleIsNotMissing() {
        Report keeps = new Report(0, null, 5L, List.of(3L, 5L, 5L, 77L, 1L), null, null, List.of(), false);
        assertState(aTill().heard(keeps, NOW).compared(has(1, 2, 4), NOW), TillState.WORKING, true);
    }

    @Test
    void missingIsToldSinceItWasSeenFirst() {
        KnownTill first = aTill().heard(aReport(0, 4L), NOW).compared(has(1, 2, 4), NOW);
        KnownTill later = first.heard(aReport(0, 5L), NOW.plusSeconds(9)).compared(has(1, 2, 4, 5), NOW.plusSeconds(9));
        assertThat(later.view().since()).isEqualTo(NOW);
    }

    @Test
    void aManagerSettlesWhatATillOwesUntilItOwesMore() {
        KnownTill away =
                aTill().heard(aReport(2, 6L), NOW).compared(has(1, 2, 4), NOW).watched(NOW.plusSeconds(100), LIMIT);
        KnownTill settled = away.settled(CLOSED);
        assertState(settled.compared(new Numbers(6, List.of()), NOW), TillState.CLOSED, true);
        KnownTill again = settled.heard(aReport(1, 7L), NOW).compared(new Numbers(6, List.of()), NOW);
        assertState(again, TillState.UNSENT, false);
        assertThat(again.view().missing()).isEqualTo(1);
    }

    @Test
    void aRemovedTillComesBackWhenItIsHeard() {
        KnownTill removed = aTill().settled(new TillView.Settled("removed", "eski", "boshliq", NOW));
        assertState(removed, TillState.REMOVED, true);
        assertState(removed.heard(aReport(0, null), NOW), TillState.WORKING, true);
    }

    @Test
    void aBlockedTillIsNamedWhileItsSalesAreMissing() {
        KnownTill blocked = aTill(Till.Status.BLOCKED, null).heard(aReport(1, 4L), NOW);
        assertState(blocked.compared(has(1, 2, 3), NOW), TillState.BLOCKED, false);
        assertState(blocked.compared(has(1, 2, 3, 4), NOW), TillState.BLOCKED, true);
    }

    @Test
    void aTillThatNeverReportsIsNamedOnDaysOnWhichItSells() {
        assertState(aTill(Till.Status.APPROVED, NOW), TillState.UNHEARD, false);
        assertState(aTill(), TillState.IDLE, true);
        assertState(aTill(Till.Status.PENDING, null), TillState.PENDING, true);
        assertState(aTill(null, null).compared(has(), NOW), TillState.REMOVED, true);
    }

    @Test
    void aNumberFarOffCostsNothing() {
        long far = (1L << 53) - 1;
        assertThat(aTill().heard(aReport(0, far), NOW)
                        .compared(has(1), NOW)
                        .view()
                        .missing())
                .isEqualTo(far - 1);
        List<Long> many = LongStream.rangeClosed(10_001, 10_000 + Numbers.MAX_NUMBERS)
                .boxed()
                .toList();
        KnownTill old =
                aTill().heard(aReport(0, 10_000L + Numbers.MAX_NUMBERS), NOW).compared(new Numbers(0, many), NOW);
        assertState(old, TillState.WORKING, true);
    }

    @Test
    void onlyTheTimeOfContactIsNoNews() {
        KnownTill heard = aTill().heard(aReport(0, 3L), NOW).compared(has(1, 2, 3), NOW);
        assertThat(heard.hasChanged()).isTrue();
        KnownTill told = withTold(heard.next(NOW));
        assertThat(told.heard(aReport(0, 3L), NOW.plusSeconds(60)).hasChanged()).isFalse();
        assertThat(told.heard(aReport(1, 4L), NOW.plusSeconds(60)).hasChanged()).isTrue();
        assertThat(told.watched(NOW.plusSeconds(99), LIMIT).hasChanged()).isTrue();
    }

    private static void assertState(KnownTill till, TillState state, boolean complete) {
        assertThat(till.view().state()).isEqualTo(state);
        assertThat(till.view().complete()).isEqualTo(complete);
    }

    private static Numbers has(long... numbers) {
        return new Numbers(0, LongStream.of(numbers).boxed().toList());
    }

    private static Report aReport(int unsent, Long last) {
        Instant oldest = unsent == 0 ? null : NOW.minusSeconds(600);
        return new Report(unsent, oldest, last, List.of(), "1.0.0", null, List.of(), false);
    }

    private static Report aClosing(int unsent, Long last) {
        Report report = aReport(unsent, last);
        return new Report(unsent, report.oldest(), last, List.of(), "1.0.0", null, List.of(), true);
    }

    private static KnownTill aTill() {
        return aTill(Till.Status.APPROVED, null);
    }

    private static KnownTill aTill(Till.Status status, Instant lastSale) {
        return new KnownTill(
                "10000001",
                "till",
                "2",
                "Kassa",
                status,
                0,
                null,
                null,
                null,
                false,
                lastSale,
                0,
                0,
                null,
                0,
                null,
                false,
                null);
    }

    private static KnownTill withTold(KnownTill till) {
        return new KnownTill(
                till.ksbId(),
                till.deviceId(),
                till.code(),
                till.name(),
                till.status(),
                till.version(),
                till.report(),
                till.heardAt(),
                till.changedAt(),
                till.away(),
                till.lastSale(),
                till.serverSequence(),
                till.missing(),
                till.missingSince(),
                till.settledThrough(),
                till.settled(),
                till.removed(),
                till.view());
    }
}

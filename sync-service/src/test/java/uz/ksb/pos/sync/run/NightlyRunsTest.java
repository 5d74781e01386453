package uz.ksb.pos.sync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.TestInfrastructure.execute;
import static uz.ksb.pos.platform.testing.TestInfrastructure.query;
import static uz.ksb.pos.sync.TillOfSync.part;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.testing.SimulatedBackOffice;
import uz.ksb.pos.sync.SyncBackOffice;
import uz.ksb.pos.sync.SyncRunTest;
import uz.ksb.pos.sync.TillOfSync;
import uz.ksb.pos.sync.run.store.SyncRepository;

/** The run that starts by itself, at times that the test chooses. */
@QuarkusTest
@QuarkusTestResource(SyncBackOffice.class)
class NightlyRunsTest extends SyncRunTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ZoneId TASHKENT = ZoneId.of("Asia/Tashkent");

    @Inject
    SyncRepository syncs;

    @Inject
    SyncStart start;

    @Inject
    SyncConfig config;

    private final TillOfSync till = TillOfSync.another();
    private final TillOfSync other = TillOfSync.another();
    private final SimulatedBackOffice office = till.office();

    /** A replica that looks at {@code now}, with a night that begins at {@code at}. */
    private void look(Instant now, Optional<LocalTime> at) {
        SyncConfig.Nightly nightly = new Night(at, config.nightly().deviceId());
        new NightlyRuns(syncs, start, new Configured(config, nightly), Clock.fixed(now, ZoneOffset.UTC))
                .startDue()
                .await()
                .atMost(LIMIT);
    }

    private static LocalTime minutesAgo(int minutes) {
        return LocalTime.now(TASHKENT).minusMinutes(minutes);
    }

    private List<JsonPath> nightly(TillOfSync of) {
        return of.syncs().stream()
                .filter(sync -> query("select device_id from syncs where id = '" + sync.getString("id") + "'")
                        .equals(config.nightly().deviceId()))
                .toList();
    }

    /** Theirs would be started too, before or after those that are waited for here. */
    @BeforeEach
    void noOtherEnterpriseHasSynced() {
        execute("update syncs set status = 'CANCELLED' where status <> 'CANCELLED'");
    }

    @Test
    void theNightlyRunMendsWhatAConfirmationHasSwallowed() {
        office.product(Map.of("id", "p-1", "name", "Shakar", "prices", Map.of("chakana", 100)));
        office.misbehave("product_update", Map.of("changeBetweenReadAndRemove", 1));
        till.ended(till.start(), "COMPLETED");
        SimulatedBackOffice.worksAgain();
        JsonPath swallowed = till.ended(till.start(), "COMPLETED");
        assertThat(swallowed.getInt(part("products", "received")))
                .as("the change is never offered to this till again")
                .isZero();
        int confirmations = office.requests("remove").size();

        look(Instant.now(), Optional.of(minutesAgo(5)));
        eventually(() -> assertThat(nightly(till)).singleElement().satisfies(run -> assertThat(run.getString("status"))
                .isEqualTo("COMPLETED")));

        JsonPath night = nightly(till).getFirst();
        assertThat(night.getInt(part("products", "received"))).isEqualTo(1);
        assertThat(office.requests("remove")).as("it confirms nothing").hasSize(confirmations);
        assertThat(office.confirmations()
                        .getInt("open." + till.ksbId() + "." + config.nightly().deviceId() + ".product_update"))
                .as("so the next night gets everything again")
                .isEqualTo(1);
    }

    @Test
    void eachNightHasOneRunHoweverManyLook() {
        till.ended(till.start(), "COMPLETED");
        LocalTime at = minutesAgo(5);

        look(Instant.now(), Optional.of(at));
        look(Instant.now(), Optional.of(at));
        eventually(() -> assertThat(nightly(till)).singleElement().satisfies(run -> assertThat(run.getString("status"))
                .isEqualTo("COMPLETED")));
        look(Instant.now().plus(Duration.ofMinutes(3)), Optional.of(at));
        assertThat(nightly(till)).hasSize(1);

        look(Instant.now().plus(Duration.ofHours(24)), Optional.of(at));
        assertThat(nightly(till)).hasSize(2);
    }

    @Test
    void itIsOffByDefaultAndDoesNotBeginInTheDay() {
        till.ended(till.start(), "COMPLETED");
        assertThat(config.nightly().at()).isEmpty();

        look(Instant.now(), Optional.empty());
        look(Instant.now(), Optional.of(minutesAgo(4 * 60)));

        assertThat(till.syncs()).hasSize(1);
    }

    @Test
    void anEnterpriseThatHasNeverSyncedHasNone() {
        look(Instant.now(), Optional.of(minutesAgo(5)));

        assertThat(other.syncs()).isEmpty();
    }

    private record Night(Optional<LocalTime> at, String deviceId) implements SyncConfig.Nightly {
        @Override
        public ZoneId zone() {
            return TASHKENT;
        }

        @Override
        public Duration window() {
            return Duration.ofHours(3);
        }

        @Override
        public Duration every() {
            return Duration.ofMinutes(1);
        }
    }

    private record Configured(SyncConfig usual, Nightly nightly) implements SyncConfig {
        @Override
        public Duration cooldown() {
            return usual.cooldown();
        }

        @Override
        public Duration limit() {
            return usual.limit();
        }

        @Override
        public List<Duration> retries() {
            return usual.retries();
        }

        @Override
        public Duration lease() {
            return usual.lease();
        }

        @Override
        public int maxReaders() {
            return usual.maxReaders();
        }

        @Override
        public int maxSlowReaders() {
            return usual.maxSlowReaders();
        }

        @Override
        public Duration slowAfter() {
            return usual.slowAfter();
        }

        @Override
        public int maxSenders() {
            return usual.maxSenders();
        }
    }
}

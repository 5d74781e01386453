package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TopicReader;

/**
 * After any fault these must be the same: the sales that tills were told to be saved, those in the database, the documents in
 * the back office (each once), the events in the topic (at least once), the totals, and what a till shows that resumed or
 * was told to reload.
 */
final class Agreement {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final RunningSystem system;
    private final String ksbId;

    Agreement(RunningSystem system, String ksbId) {
        this.system = system;
        this.ksbId = ksbId;
    }

    void holds(Set<String> told, FollowingTill till) throws Exception {
        assertThat(told).isNotEmpty();
        within(LIMIT, () -> assertThat(missing(told, database()))
                .as("told, not in the database")
                .isEmpty());
        within(LIMIT, () -> assertThat(missing(told, topic()))
                .as("saved, no event in the topic")
                .isEmpty());
        within(LIMIT, () -> assertThat(missing(told, till.shown()))
                .as("saved, not shown and not told to reload")
                .isEmpty());
        within(LIMIT, () -> assertThat(missing(told, documents()))
                .as("saved, not delivered")
                .isEmpty());
        List<BackOffice.Document> documents = system.backOffice().documents(ksbId);
        assertThat(documents).extracting(BackOffice.Document::id).doesNotHaveDuplicates();
        assertThat(missing(documents(), database()))
                .as("delivered, not in the database")
                .isEmpty();
        PosCommand totals = system.totals("--check");
        assertThat(totals.exit(Duration.ofMinutes(2))).as(totals::output).isZero();
    }

    /** Every finished sale of the enterprise is told, and on the screen. */
    void isShownOn(FollowingTill till) {
        within(LIMIT, () -> assertThat(missing(database(), topic()))
                .as("saved, no event in the topic")
                .isEmpty());
        within(LIMIT, () -> assertThat(missing(database(), till.shown()))
                .as("saved, not shown and not told to reload")
                .isEmpty());
    }

    private static Set<String> missing(Set<String> wanted, Set<String> there) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(there);
        return missing;
    }

    private Set<String> database() throws SQLException {
        Set<String> ids = new TreeSet<>();
        try (Connection connection = system.salesDatabase();
                PreparedStatement query = connection.prepareStatement(
                        "select id::text from sales where ksb_id = ? and status = 'COMPLETED'")) {
            query.setString(1, ksbId);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
        }
        return ids;
    }

    private Set<String> topic() {
        return TopicReader.all(system.kafka(), Topics.SALES).stream()
                .filter(published -> published.event().type().equals("sale.completed"))
                .map(published -> published.event().subject())
                .collect(Collectors.toSet());
    }

    private Set<String> documents() {
        return system.backOffice().documents(ksbId).stream()
                .map(BackOffice.Document::id)
                .collect(Collectors.toSet());
    }
}

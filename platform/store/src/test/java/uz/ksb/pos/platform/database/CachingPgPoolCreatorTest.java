package uz.ksb.pos.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.PlatformProfile;

@QuarkusTest
@TestProfile(PlatformProfile.class)
class CachingPgPoolCreatorTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Inject
    Pool pool;

    @Test
    void aLongStatementIsPreparedOnceForAllItsUses() {
        String statement = "select $1::int as it /* " + "long ".repeat(10_000) + "*/";

        long uses = pool.withConnection(connection -> connection
                        .preparedQuery(statement)
                        .execute(Tuple.of(1))
                        .chain(() -> connection.preparedQuery(statement).execute(Tuple.of(2)))
                        .chain(() -> connection
                                .preparedQuery(
                                        "select generic_plans + custom_plans from pg_prepared_statements where statement = $1")
                                .execute(Tuple.of(statement)))
                        .map(rows -> rows.iterator().next().getLong(0)))
                .await()
                .atMost(LIMIT);

        assertThat(uses).isEqualTo(2);
    }
}

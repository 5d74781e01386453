package uz.ksb.pos.benchmarks.sales.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SameSqlTest {
    @ParameterizedTest
    @ValueSource(strings = {"sale.sql", "batch.sql"})
    void theScriptOfEachBenchmarkIsThere(String name) {
        assertThat(SameSql.read(name)).contains("insert into sales");
    }
}

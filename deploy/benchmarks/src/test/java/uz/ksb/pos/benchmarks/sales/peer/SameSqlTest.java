package uz.ksb.pos.benchmarks.sales.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SameSqlTest {
    @ParameterizedTest
    @ValueSource(strings = {"sale.sql", "batch.sql"})
    void eachScriptIsFilledWithTheServicesStatements(String name) {
        assertThat(SameSql.script(name, table -> "of_" + table))
                .contains("insert into sales (of_sales)", "select 'another', array_agg")
                .doesNotContain("$")
                .doesNotContainPattern("\\{[a-z]");
    }
}

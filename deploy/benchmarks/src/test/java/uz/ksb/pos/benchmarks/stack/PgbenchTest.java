package uz.ksb.pos.benchmarks.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uz.ksb.pos.benchmarks.BenchFailed;

class PgbenchTest {
    @Test
    void theRateIsRead() {
        assertThat(Pgbench.rate("""
                number of transactions actually processed: 2901
                number of failed transactions: 0 (0.000%)
                latency average = 27.6 ms
                initial connection time = 30.5 ms
                tps = 579.300751 (without initial connection time)
                """)).isEqualTo(579.300751);
    }

    @Test
    void failedTransactionsAreNoResult() {
        assertThatThrownBy(() -> Pgbench.rate("number of failed transactions: 3 (0.1%)\ntps = 579.3\n"))
                .isInstanceOf(BenchFailed.class);
        assertThatThrownBy(() -> Pgbench.rate("FATAL")).isInstanceOf(BenchFailed.class);
    }
}

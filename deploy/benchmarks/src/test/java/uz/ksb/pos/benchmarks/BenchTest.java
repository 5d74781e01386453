package uz.ksb.pos.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uz.ksb.pos.benchmarks.gateway.RestartBenchmark;
import uz.ksb.pos.benchmarks.gateway.SlowBenchmark;

class BenchTest {
    @Test
    void aNameMeansTheBenchmarkOfThatNameAndAllWhoseNamesGoOnFromIt() {
        assertThat(Bench.means("gateway-slow", new SlowBenchmark())).isTrue();
        assertThat(Bench.means("gateway", new SlowBenchmark())).isTrue();
        assertThat(Bench.means("gateway", new RestartBenchmark())).isTrue();
        assertThat(Bench.means("gate", new SlowBenchmark())).isFalse();
        assertThat(Bench.means("gateway-slow", new RestartBenchmark())).isFalse();
    }
}

package uz.ksb.pos.simulator;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a simulator of its own. */
abstract class SimulatorTest {

    @TempDir
    Path state;

    Simulator simulator;

    @BeforeEach
    void start() {
        simulator = Simulator.start(state);
    }

    @AfterEach
    void stop() throws Exception {
        simulator.close();
    }
}

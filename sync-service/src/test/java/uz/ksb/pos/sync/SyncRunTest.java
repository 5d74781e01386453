package uz.ksb.pos.sync;

import static uz.ksb.pos.platform.testing.Eventually.until;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import uz.ksb.pos.platform.testing.SimulatedBackOffice;

/** Tests of whole runs: the services that apply the rows are played, and each test begins with a back office that works. */
public abstract class SyncRunTest {
    private static Ingestion ingestion;

    @BeforeAll
    protected static void playTheOtherServices() {
        ingestion = new Ingestion();
        until(ingestion::isStarted);
    }

    @AfterAll
    protected static void stop() throws InterruptedException {
        ingestion.close();
    }

    @BeforeEach
    protected void reset() {
        SimulatedBackOffice.worksAgain();
    }
}

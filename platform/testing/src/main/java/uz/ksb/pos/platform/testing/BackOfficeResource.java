package uz.ksb.pos.platform.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import uz.ksb.pos.simulator.BackOfficeSimulator;
import uz.ksb.pos.simulator.Settings;

/**
 * Runs the back office simulator beside a service under test, with a shop for every KSB-ID. Tests speak to it through {@link
 * SimulatedBackOffice}.
 */
public abstract class BackOfficeResource implements QuarkusTestResourceLifecycleManager {
    protected static final String USER = "pos";
    protected static final String PASSWORD = "secret-of-the-service";
    protected static final String CRM_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private BackOfficeSimulator simulator;

    /**
     * The service's configuration.
     *
     * @param address the base address of back office and CRM
     */
    protected abstract Map<String, String> configuration(String address);

    @Override
    public Map<String, String> start() {
        try {
            simulator = new BackOfficeSimulator(Settings.of(Map.of(
                    "SIMULATOR_PORT", "0",
                    "SIMULATOR_USER", USER,
                    "SIMULATOR_PASSWORD", PASSWORD,
                    "SIMULATOR_ANY_ENTERPRISE", "true",
                    "SIMULATOR_CRM_SECRET", CRM_SECRET)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String address = "http://127.0.0.1:" + simulator.port();
        System.setProperty(SimulatedBackOffice.ADDRESS, address);
        return configuration(address);
    }

    @Override
    public void stop() {
        try {
            simulator.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package uz.ksb.pos.sales.peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** The other services behind one origin. */
public final class PeerServicesFixture {
    private PeerServicesFixture() {}

    private record Config(String settingsUrl, String productUrl) implements PeerConfig {}

    public static PeerServices at(String origin) {
        return new PeerServices(new Config(origin, origin), Optional.of("secret"), new ObjectMapper());
    }
}

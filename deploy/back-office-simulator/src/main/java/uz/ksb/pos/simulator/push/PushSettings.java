package uz.ksb.pos.simulator.push;

import java.net.URI;

/**
 * Where the ERP sends to.
 *
 * @param origin of the system's API
 * @param client id of the technical client; {@code {ksbId}} in it stands for the enterprise
 * @param secret of the client
 */
public record PushSettings(URI origin, String client, String secret) {
    public static final String DEFAULT_CLIENT = "{ksbId}-backoffice";

    String clientOf(String ksbId) {
        return client.replace("{ksbId}", ksbId);
    }
}

package uz.ksb.pos.settings.client;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How a client says who it is: by HTTP Basic, or in the form (RFC 6749, 2.3.1). */
record ClientSecret(String clientId, String secret) {
    private static final String BASIC = "basic ";
    private static final int MAX_LENGTH = 200;

    static ClientSecret of(String authorization, String clientId, String secret) {
        if (authorization != null && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return basic(authorization.substring(BASIC.length()).strip());
        }
        if (clientId == null || secret == null) {
            throw TokenRefused.invalidRequest("client_id and client_secret are needed, in the form or by HTTP Basic.");
        }
        return checked(new ClientSecret(clientId, secret));
    }

    private static ClientSecret basic(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return checked(new ClientSecret(decoded(pair.substring(0, colon)), decoded(pair.substring(colon + 1))));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw TokenRefused.invalidClient();
        }
    }

    /** Both halves are form-encoded inside of Basic; many clients forget it, which is harmless but for % and +. */
    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static ClientSecret checked(ClientSecret given) {
        if (given.clientId.length() > MAX_LENGTH
                || given.secret.length() > MAX_LENGTH
                || given.clientId.indexOf('\0') >= 0) {
            throw TokenRefused.invalidClient();
        }
        return given;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return clientId;
    }
}

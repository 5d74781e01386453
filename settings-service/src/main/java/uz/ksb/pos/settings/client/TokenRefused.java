package uz.ksb.pos.settings.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A token request that is refused, in the words of RFC 6749, 5.2. */
final class TokenRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String error;
    private final int status;

    private TokenRefused(String error, int status, String description) {
        super(description, null, false, false);
        this.error = error;
        this.status = status;
    }

    /** The standard's fields, and beside them those of our problem details. */
    record Body(
            String error,
            @JsonProperty("error_description") String description,
            String type,
            String title,
            int status,
            String detail) {}

    static TokenRefused invalidClient() {
        return new TokenRefused("invalid_client", 401, "Client or secret is wrong.");
    }

    static TokenRefused invalidRequest(String description) {
        return new TokenRefused("invalid_request", 400, description);
    }

    static TokenRefused unsupportedGrant() {
        return new TokenRefused("unsupported_grant_type", 400, "grant_type: must be client_credentials.");
    }

    int status() {
        return status;
    }

    Body body() {
        String type = "/problems/" + error.replace('_', '-');
        return new Body(error, getMessage(), type, "No token", status, getMessage());
    }
}

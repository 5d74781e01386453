package uz.ksb.pos.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads a delta as a till's sync does, and confirms nothing. */
final class BackOfficeReading {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BackOfficeReading() {}

    static List<String> ids(String address, String password) throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString(("pos:" + password).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Basic " + basic)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            List<String> ids = new ArrayList<>();
            JSON.readTree(http.send(request, BodyHandlers.ofString()).body())
                    .path("item")
                    .forEach(id -> ids.add(id.asText()));
            return ids;
        }
    }
}

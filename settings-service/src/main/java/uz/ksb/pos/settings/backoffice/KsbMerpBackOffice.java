package uz.ksb.pos.settings.backoffice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Context;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import uz.ksb.pos.platform.caller.Role;

/**
 * KSB-MERP, a 1C base. A person's password is checked by {@code ping} with it as HTTP Basic; then {@code users} says who that
 * is.
 */
@ApplicationScoped
class KsbMerpBackOffice implements BackOffice {
    private final BackOfficeConfig config;
    private final ObjectMapper json;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final Vertx vertx;

    KsbMerpBackOffice(BackOfficeConfig config, ObjectMapper json, Vertx vertx) {
        this.config = config;
        this.json = json;
        this.vertx = vertx;
    }

    @Override
    public boolean isKnown(String ksbId) {
        return setting(ksbId, BackOfficeConfig.Own::url, config.url()).isPresent();
    }

    @Override
    public Uni<Optional<Person>> person(String ksbId, String deviceId, String login, String password) {
        return admits(ksbId, deviceId, login, password)
                .chain(right -> right
                        ? mustRefuseOthers(ksbId, deviceId, login).chain(() -> listed(ksbId, deviceId, login))
                        : Uni.createFrom().item(Optional.empty()));
    }

    @Override
    public Uni<Boolean> changePassword(
            String ksbId, String deviceId, String login, String oldPassword, String newPassword) {
        String body = write(Map.of("user_name", login, "old", oldPassword, "new", newPassword));
        return send(asService(ksbId, deviceId, "update_password")
                        .header("Content-Type", "application/json; charset=utf-8")
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .map(answer -> "successfully"
                        .equals(read("update_password", answer).path("status").asText()));
    }

    private Uni<Boolean> admits(String ksbId, String deviceId, String login, String password) {
        return send(call(ksbId, deviceId, "ping", login + ":" + password).GET())
                .map(answer -> switch (answer.statusCode()) {
                    case 200 -> true;
                    case 401, 403 -> false;
                    default -> throw unexpected("ping", answer);
                });
    }

    /** A base that is published for everybody, or a page in front of it, answers 200 to any password. */
    private Uni<Void> mustRefuseOthers(String ksbId, String deviceId, String login) {
        return admits(ksbId, deviceId, login, UUID.randomUUID().toString())
                .invoke(any -> {
                    if (any) {
                        throw new BackOfficeFailure("the back office takes any password");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Optional<Person>> listed(String ksbId, String deviceId, String login) {
        return send(asService(ksbId, deviceId, "users").GET()).map(answer -> StreamSupport.stream(
                        read("users", answer).path("list_users").spliterator(), false)
                .filter(user -> user.path("login").asText().equalsIgnoreCase(login))
                .map(KsbMerpBackOffice::person)
                .findFirst());
    }

    private static Person person(JsonNode user) {
        String login = user.path("login").asText();
        return new Person(
                login,
                user.path("name").asText(login),
                role(user.path("usertype").asText()));
    }

    private static Role role(String type) {
        return switch (type.strip().toLowerCase(Locale.ROOT)) {
            case "admin", "administrator", "администратор" -> Role.ADMIN;
            case "manager", "menejer", "менеджер" -> Role.MANAGER;
            default -> Role.CASHIER;
        };
    }

    private HttpRequest.Builder asService(String ksbId, String deviceId, String method) {
        return call(
                ksbId,
                deviceId,
                method,
                setting(ksbId, BackOfficeConfig.Own::user, config.user()).orElse("") + ":"
                        + setting(ksbId, BackOfficeConfig.Own::password, config.password())
                                .orElse(""));
    }

    private HttpRequest.Builder call(String ksbId, String deviceId, String method, String credentials) {
        String base = setting(ksbId, BackOfficeConfig.Own::url, config.url()).orElseThrow();
        return HttpRequest.newBuilder(URI.create("%s/hs/ksbmerp_pos/%s/ksb?text=pos&ksb_id=%s&device_id=%s"
                        .formatted(
                                base.replaceAll("/+$", ""),
                                method,
                                ksbId,
                                URLEncoder.encode(deviceId, StandardCharsets.UTF_8))))
                .timeout(config.loginTimeout())
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    /** Goes on in the context that asks: the session of a transaction that follows belongs to it. */
    private Uni<HttpResponse<byte[]>> send(HttpRequest.Builder request) {
        return Uni.createFrom().deferred(() -> {
            Context asking = vertx.getOrCreateContext();
            return Uni.createFrom()
                    .completionStage(() -> http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray()))
                    .emitOn(next -> asking.runOnContext(next))
                    .onFailure()
                    .transform(failure -> new BackOfficeFailure("the back office cannot be reached"));
        });
    }

    private JsonNode read(String method, HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) {
            throw unexpected(method, answer);
        }
        try {
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new BackOfficeFailure("the back office's answer to " + method + " is not JSON");
        }
    }

    private String write(Map<String, String> body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot happen with texts", e);
        }
    }

    private static BackOfficeFailure unexpected(String method, HttpResponse<?> answer) {
        return new BackOfficeFailure("the back office answered " + method + " with status " + answer.statusCode());
    }

    private Optional<String> setting(
            String ksbId, Function<BackOfficeConfig.Own, Optional<String>> own, Optional<String> common) {
        return Optional.ofNullable(config.enterprise().get(ksbId)).flatMap(own).or(() -> common);
    }
}

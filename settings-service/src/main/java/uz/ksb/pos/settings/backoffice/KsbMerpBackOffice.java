package uz.ksb.pos.settings.backoffice;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure;
import uz.ksb.pos.platform.ksbmerp.Call;
import uz.ksb.pos.platform.ksbmerp.KsbMerp;
import uz.ksb.pos.platform.ksbmerp.Vocabulary;

/** KSB-MERP: {@code ping} with a person's login and password tells whether they are right, {@code users} who that is. */
@ApplicationScoped
class KsbMerpBackOffice implements BackOffice {
    private final KsbMerp merp;
    private final BackOfficeConfig config;

    KsbMerpBackOffice(KsbMerp merp, BackOfficeConfig config) {
        this.merp = merp;
        this.config = config;
    }

    @Override
    public boolean isConfigured(String ksbId) {
        return merp.isConfigured(ksbId);
    }

    @Override
    public Uni<Optional<Person>> person(String ksbId, String deviceId, String login, String password) {
        Call ping = call(ksbId, deviceId, "ping");
        return merp.admits(ping, login, password)
                .chain(admitted -> admitted
                        ? mustRefuseOthers(ping, login).chain(() -> listed(ksbId, deviceId, login))
                        : Uni.createFrom().item(Optional.empty()));
    }

    @Override
    public Uni<Boolean> changePassword(
            String ksbId, String deviceId, String login, String oldPassword, String newPassword) {
        return merp.post(
                        call(ksbId, deviceId, "update_password"),
                        Map.of("user_name", login, "old", oldPassword, "new", newPassword))
                .map(answer ->
                        Vocabulary.SUCCESSFULLY.equals(answer.path("status").asText()));
    }

    /** A base that is published for everybody, or a page in front of it, answers 200 to any password. */
    private Uni<Void> mustRefuseOthers(Call ping, String login) {
        return merp.admits(ping, login, UUID.randomUUID().toString())
                .invoke(any -> {
                    if (any) {
                        throw new BackOfficeFailure("the back office takes any password");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Optional<Person>> listed(String ksbId, String deviceId, String login) {
        return merp.get(call(ksbId, deviceId, "users"))
                .map(users -> StreamSupport.stream(users.path("list_users").spliterator(), false)
                        .filter(user -> user.path("login").asText().equalsIgnoreCase(login))
                        .map(KsbMerpBackOffice::person)
                        .findFirst());
    }

    private static Person person(JsonNode user) {
        String login = user.path("login").asText();
        return new Person(
                login,
                user.path("name").asText(login),
                Vocabulary.role(user.path("usertype").asText()));
    }

    private Call call(String ksbId, String deviceId, String method) {
        return new Call(ksbId, deviceId, method, config.loginTimeout());
    }
}

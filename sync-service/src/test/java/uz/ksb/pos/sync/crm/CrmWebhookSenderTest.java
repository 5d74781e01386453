package uz.ksb.pos.sync.crm;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A CRM that answers otherwise than with a status. */
class CrmWebhookSenderTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> errors = new ArrayList<>();

    /** One request is due. */
    private final class Notifications extends CrmNotifications {
        private boolean taken;

        Notifications() {
            super(null, null, null);
        }

        @Override
        Uni<Optional<Due>> takeDue(
                Duration lease, Duration longest, boolean fresh, boolean failed, Collection<String> others) {
            boolean due = !taken;
            taken = true;
            return Uni.createFrom()
                    .item(due ? Optional.of(new Due(UUID.randomUUID(), "10000001", "{}", 0)) : Optional.empty());
        }

        @Override
        Uni<Void> failed(Due request, String error, Optional<Duration> pause) {
            errors.add(error);
            return Uni.createFrom().voidItem();
        }
    }

    @AfterEach
    void close() {
        vertx.closeAndAwait();
    }

    @Test
    void noOtherAddressGetsTheSignedRequest() {
        int port = vertx.createHttpServer()
                .requestHandler(request -> {
                    asked.add(request.path());
                    request.response()
                            .setStatusCode(303)
                            .putHeader("Location", "/elsewhere")
                            .endAndForget();
                })
                .listenAndAwait(0)
                .actualPort();

        new CrmWebhookSender(
                        new Notifications(),
                        TestCrm.at("http://127.0.0.1:" + port + "/crm", TestCrm.SECRET),
                        vertx,
                        Clock.systemUTC())
                .sendDue()
                .await()
                .atMost(LIMIT);

        assertThat(asked).containsExactly("/crm");
        assertThat(errors).containsExactly("status 303");
    }
}

package uz.ksb.pos.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.inOneOf;
import static uz.ksb.pos.platform.testing.Eventually.until;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.testing.Client;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Tokens;

@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
class DrainTest {
    @TestHTTPResource("/")
    URI address;

    @Inject
    Connections connections;

    @Test
    void clientsAreAskedToMoveAndWhoStaysIsClosed() {
        until(() -> connections.size() == 0);
        try (Client obedient = client();
                Client stubborn = client()) {
            Drain leaving = new Drain(connections.config(), List.of(connections));
            CompletableFuture<Void> gone = CompletableFuture.runAsync(() -> leave(leaving));

            assertThat(obedient.next("move").path("within").asInt()).isEqualTo(1);
            obedient.close();
            until(() -> connections.size() == 1);
            assertThat(leaving.isLeaving()).isTrue();
            assertThat(gone).isNotDone();
            assertThat(stubborn.next("move")).isNotNull();
            assertThat(stubborn.closeCode()).isEqualTo(1012);
            gone.orTimeout(5, TimeUnit.SECONDS).join();
        }
    }

    @Test
    void theNodeGoesAsSoonAsNobodyIsLeft() {
        until(() -> connections.size() == 0);
        inOneOf(5, () -> {
            long start = System.nanoTime();
            leave(new Drain(connections.config(), List.of(connections)));
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1_000);
        });
    }

    private Client client() {
        Client client = Client.connect(address.getPort())
                .auth(Tokens.of("40000001", Role.CASHIER).sign());
        client.next("welcome");
        return client;
    }

    private static void leave(Drain leaving) {
        try {
            leaving.leave(new ShutdownDelayInitiatedEvent());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

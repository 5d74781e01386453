package uz.ksb.pos.gateway.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Tokens;

/** The clients of one shop in one test. */
public final class Tills implements AutoCloseable {
    private final List<Client> clients = new ArrayList<>();
    private final int port;
    private final String shop;

    public Tills(int port, String shop) {
        this.port = port;
        this.shop = shop;
    }

    public Client connect() {
        Client client = Client.connect(port);
        clients.add(client);
        return client;
    }

    /** Let in with {@code token}. */
    public Client welcome(String token) {
        Client client = connect().auth(token);
        client.next("welcome");
        return client;
    }

    /** Let in, with {@code channels} from now on. */
    public Client subscribed(String... channels) {
        Client client = connect().auth(token()).subscribe(channels);
        client.next("welcome");
        client.next("subscribed");
        return client;
    }

    public String token() {
        return Tokens.of(shop, Role.CASHIER).sign();
    }

    public String tokenEndingIn(long seconds) {
        return Tokens.of(shop, Role.CASHIER)
                .with("exp", Instant.now().plusSeconds(seconds).getEpochSecond())
                .sign();
    }

    @Override
    public void close() {
        clients.forEach(Client::close);
    }
}

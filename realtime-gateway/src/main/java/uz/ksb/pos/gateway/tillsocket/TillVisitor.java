package uz.ksb.pos.gateway.tillsocket;

import java.util.Optional;
import uz.ksb.pos.gateway.connection.ConnectionConfig;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.quota.ConnectionQuota;
import uz.ksb.pos.gateway.quota.ConnectionQuotas;
import uz.ksb.pos.gateway.socketio.NamespaceSocket;
import uz.ksb.pos.gateway.socketio.SocketSession;
import uz.ksb.pos.gateway.socketio.Visitor;

/** One session: counts among those of its address, and among the unknown ones until a token was shown. On its event loop. */
final class TillVisitor implements Visitor, Visitor.Namespace {
    private static final String NAMESPACE = "/";

    private final TillSockets all;
    private final SocketSession session;
    private final String address;
    private final ConnectionQuota quota;
    private final ConnectionQuota waiting;
    private TillConnection connection;

    TillVisitor(TillSockets all, SocketSession session, String address) {
        this.all = all;
        this.session = session;
        this.address = address;
        this.quota = all.quota();
        this.waiting = all.quota();
    }

    /** False: too many sessions of the address. */
    boolean enter() {
        ConnectionConfig limits = all.limits();
        ConnectionQuotas.Limit unknown = new ConnectionQuotas.Limit(
                all.config().waitingPerAddress(),
                limits.messagesPerAddress(),
                limits.bytesPerAddress().asLongValue());
        boolean entered =
                quota.enter("address " + address, limits.ofAddress()) && waiting.enter("waiting " + address, unknown);
        if (!entered) {
            closed();
        }
        return entered;
    }

    /** A token was shown. */
    void known() {
        waiting.leave();
    }

    @Override
    public boolean admits(int bytes) {
        boolean admitted = quota.take(bytes) && (connection == null || connection.admits(bytes));
        if (!admitted) {
            all.metrics().closed(CloseReason.TOO_MANY_MESSAGES);
        }
        return admitted;
    }

    @Override
    public Optional<Namespace> namespace(String name) {
        return name.equals(NAMESPACE) ? Optional.of(this) : Optional.empty();
    }

    @Override
    public void connect(NamespaceSocket socket, String auth) {
        connection = new TillConnection(all, this, socket);
        connection.connect(TillRequest.Connect.of(auth));
    }

    SocketSession session() {
        return session;
    }

    @Override
    public void closed() {
        if (connection != null) {
            connection.left();
        }
        waiting.leave();
        quota.leave();
    }
}

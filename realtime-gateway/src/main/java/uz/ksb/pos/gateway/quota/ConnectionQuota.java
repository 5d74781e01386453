package uz.ksb.pos.gateway.quota;

import java.util.ArrayList;
import java.util.List;

/** The limits of one connection: its own, and its share of those of its address, enterprise and device. One thread. */
public final class ConnectionQuota {
    private final ConnectionQuotas all;
    private final TokenBucket messages;
    private final TokenBucket bytes;
    private final List<ConnectionQuotas.Account> accounts = new ArrayList<>(3);

    public ConnectionQuota(ConnectionQuotas all, int messagesPerSecond, long bytesPerSecond) {
        this.all = all;
        this.messages = new TokenBucket(messagesPerSecond);
        this.bytes = new TokenBucket(bytesPerSecond);
    }

    /** Counts this connection as one of {@code whose}; false when it has as many as it may. */
    public boolean enter(String whose, ConnectionQuotas.Limit limit) {
        ConnectionQuotas.Account account = all.enter(whose, limit);
        if (account == null) {
            return false;
        }
        accounts.add(account);
        return true;
    }

    /** Takes one frame of {@code size} bytes from every limit; false when one of them is used up. */
    public boolean take(int size) {
        boolean allowed = messages.take(1) & bytes.take(size);
        for (ConnectionQuotas.Account account : accounts) {
            allowed &= account.take(size);
        }
        return allowed;
    }

    public void leave() {
        accounts.forEach(all::leave);
        accounts.clear();
    }
}

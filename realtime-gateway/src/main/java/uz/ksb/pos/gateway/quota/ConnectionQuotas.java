package uz.ksb.pos.gateway.quota;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The limits that all connections of a device, an enterprise or an address share. Any thread. */
public final class ConnectionQuotas {
    private final ConcurrentMap<String, Account> accounts = new ConcurrentHashMap<>();

    /**
     * @param connections at the same time
     * @param messagesPerSecond for long; a burst may be ten times as many
     * @param bytesPerSecond likewise
     */
    public record Limit(int connections, int messagesPerSecond, long bytesPerSecond) {}

    /** The account of one device, enterprise or address, for as long as it has connections. */
    static final class Account {
        private final String whose;
        private final TokenBucket messages;
        private final TokenBucket bytes;
        private int connections;

        private Account(String whose, Limit limit) {
            this.whose = whose;
            this.messages = new TokenBucket(limit.messagesPerSecond());
            this.bytes = new TokenBucket(limit.bytesPerSecond());
        }

        /** Takes one message of {@code size} bytes; false when that is too much. */
        synchronized boolean take(int size) {
            return messages.take(1) & bytes.take(size);
        }
    }

    /** Counts one more connection of {@code whose}; null, counting nothing, when it has as many as it may. */
    Account enter(String whose, Limit limit) {
        Account[] entered = new Account[1];
        accounts.compute(whose, (key, before) -> {
            Account account = before == null ? new Account(whose, limit) : before;
            if (account.connections < limit.connections()) {
                account.connections++;
                entered[0] = account;
            }
            return account.connections == 0 ? null : account;
        });
        return entered[0];
    }

    void leave(Account account) {
        accounts.computeIfPresent(account.whose, (key, there) -> --there.connections == 0 ? null : there);
    }
}

package uz.ksb.pos.gateway.connection;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What the connections of each device, enterprise and address may have together. Any thread. */
final class Accounts {
    private final ConcurrentMap<String, Account> accounts = new ConcurrentHashMap<>();

    /**
     * @param connections at the same time
     * @param messagesPerSecond for long; a burst may be ten times as many
     * @param bytesPerSecond likewise
     */
    record Limit(int connections, int messagesPerSecond, long bytesPerSecond) {}

    /** Of one device, enterprise or address, for as long as it has connections. */
    static final class Account {
        private final String whose;
        private final Allowance messages;
        private final Allowance bytes;
        private int connections;

        private Account(String whose, Limit limit) {
            this.whose = whose;
            this.messages = new Allowance(limit.messagesPerSecond());
            this.bytes = new Allowance(limit.bytesPerSecond());
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

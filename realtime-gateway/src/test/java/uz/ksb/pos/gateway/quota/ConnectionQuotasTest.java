package uz.ksb.pos.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionQuotasTest {
    private static final ConnectionQuotas.Limit LIMIT = new ConnectionQuotas.Limit(2, 1, 100);

    private final ConnectionQuotas accounts = new ConnectionQuotas();

    @Test
    void nobodyHasMoreConnectionsThanAllowed() {
        ConnectionQuotas.Account first = accounts.enter("a", LIMIT);
        assertThat(accounts.enter("a", LIMIT)).isSameAs(first);
        assertThat(accounts.enter("a", LIMIT)).isNull();
        assertThat(accounts.enter("b", LIMIT)).isNotNull();
        accounts.leave(first);
        assertThat(accounts.enter("a", LIMIT)).isSameAs(first);
    }

    @Test
    void whatAllSaySharesOneAllowance() {
        ConnectionQuotas.Account account = accounts.enter("a", LIMIT);
        for (int message = 0; message < 10; message++) {
            assertThat(account.take(1)).isTrue();
        }
        assertThat(accounts.enter("a", LIMIT).take(1)).isFalse();
    }

    @Test
    void nothingIsKeptOfWhomIsGone() {
        ConnectionQuotas.Account account = accounts.enter("a", LIMIT);
        accounts.leave(accounts.enter("a", LIMIT));
        assertThat(accounts.enter("a", LIMIT)).isSameAs(account);
        accounts.leave(account);
        accounts.leave(account);

        assertThat(accounts.enter("a", LIMIT)).isNotSameAs(account);
    }
}

package uz.ksb.pos.settings.key;

import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All keys at one moment. */
record KeySet(Map<String, TokenKey> byKid) {
    /** @throws IllegalStateException when two have one public half: tokens for one purpose would be good for the other */
    static KeySet of(Collection<TokenKey> keys) {
        Map<ECPublicKey, String> kids = new HashMap<>();
        for (TokenKey key : keys) {
            String other = kids.put(key.publicKey(), key.kid());
            if (other != null) {
                throw new IllegalStateException("one key twice: " + key.kid() + " and " + other);
            }
        }
        return new KeySet(keys.stream().collect(Collectors.toUnmodifiableMap(TokenKey::kid, Function.identity())));
    }

    /**
     * The newest key of this purpose whose time has come.
     *
     * @param settled whether everyone knows the key by now; where none is, the newest serves nevertheless
     */
    Optional<TokenKey> signing(Purpose purpose, Instant now, Predicate<TokenKey> settled) {
        List<TokenKey> due = byKid.values().stream()
                .filter(key -> key.purpose() == purpose && !key.signsFrom().isAfter(now))
                .sorted(Comparator.comparing(TokenKey::signsFrom).reversed())
                .toList();
        return due.stream().filter(settled).findFirst().or(() -> due.stream().findFirst());
    }

    Optional<TokenKey> find(String kid, Purpose purpose) {
        return Optional.ofNullable(kid).map(byKid::get).filter(key -> key.purpose() == purpose);
    }
}

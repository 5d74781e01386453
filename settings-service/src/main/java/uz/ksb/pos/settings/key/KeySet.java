package uz.ksb.pos.settings.key;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All keys at one moment. */
record KeySet(Map<String, TokenKey> byKid) {
    static KeySet of(Collection<TokenKey> keys) {
        return new KeySet(keys.stream().collect(Collectors.toUnmodifiableMap(TokenKey::kid, Function.identity())));
    }

    /** The newest key of this purpose whose time has come. */
    Optional<TokenKey> signing(Purpose purpose, Instant now) {
        return byKid.values().stream()
                .filter(key -> key.purpose() == purpose && !key.signsFrom().isAfter(now))
                .max(Comparator.comparing(TokenKey::signsFrom));
    }

    Optional<TokenKey> find(String kid, Purpose purpose) {
        return Optional.ofNullable(kid).map(byKid::get).filter(key -> key.purpose() == purpose);
    }
}

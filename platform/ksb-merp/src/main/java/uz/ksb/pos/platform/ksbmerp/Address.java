package uz.ksb.pos.platform.ksbmerp;

import java.util.Optional;
import java.util.function.Function;
import uz.ksb.pos.platform.ksbmerp.KsbMerpConfig.Enterprise;

/** Where a back office is, with the login of HTTP Basic. */
record Address(String url, String user, String password) {
    /** Empty: the enterprise has no back office. */
    static Optional<Address> of(KsbMerpConfig config, String ksbId) {
        Optional<Enterprise> own = Optional.ofNullable(config.enterprise().get(ksbId));
        return value(own, Enterprise::url, config.url())
                .map(url -> new Address(
                        url.replaceAll("/+$", ""),
                        value(own, Enterprise::user, config.user()).orElse(""),
                        value(own, Enterprise::password, config.password()).orElse("")));
    }

    private static Optional<String> value(
            Optional<Enterprise> own, Function<Enterprise, Optional<String>> ofEnterprise, Optional<String> common) {
        return own.flatMap(ofEnterprise).or(() -> common);
    }

    Address as(String otherUser, String otherPassword) {
        return new Address(url, otherUser, otherPassword);
    }
}

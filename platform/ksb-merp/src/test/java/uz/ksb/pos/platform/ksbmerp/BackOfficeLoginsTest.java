package uz.ksb.pos.platform.ksbmerp;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackOfficeLoginsTest {
    private static final Optional<String> URL = Optional.of("https://erp.example/base");
    private static final Optional<String> USER = Optional.of("pos");
    private static final Optional<String> PASSWORD = Optional.of("shop-2014");
    private static final Optional<String> NONE = Optional.empty();

    private record Common(
            Optional<String> url, Optional<String> user, Optional<String> password, Map<String, Enterprise> enterprise)
            implements KsbMerpConfig {
        @Override
        public MemorySize maxOnDisk() {
            throw new UnsupportedOperationException();
        }
    }

    private record Own(Optional<String> url, Optional<String> user, Optional<String> password)
            implements KsbMerpConfig.Enterprise {}

    private static List<String> unsafe(KsbMerpConfig settings) {
        return new BackOfficeLogins(settings).unsafe(null);
    }

    @Test
    void anAddressWithoutALoginIsNamed() {
        assertThat(unsafe(new Common(URL, Optional.of(" "), NONE, Map.of())))
                .containsExactly("pos.back-office.password is missing", "pos.back-office.user is missing");
        assertThat(unsafe(new Common(NONE, NONE, NONE, Map.of("10000001", new Own(URL, USER, NONE)))))
                .containsExactly("pos.back-office.enterprise.\"10000001\".password is missing");
    }

    @Test
    void anEnterpriseMayHaveTheCommonLogin() {
        assertThat(unsafe(new Common(NONE, USER, PASSWORD, Map.of("10000001", new Own(URL, NONE, NONE)))))
                .isEmpty();
    }

    @Test
    void whereThereIsNoBackOfficeNoLoginIsNeeded() {
        assertThat(unsafe(new Common(NONE, NONE, NONE, Map.of()))).isEmpty();
    }
}

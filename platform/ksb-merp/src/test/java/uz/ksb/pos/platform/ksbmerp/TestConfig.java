package uz.ksb.pos.platform.ksbmerp;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/** Where the back office of a test is. */
record TestConfig(
        Optional<String> url,
        Optional<String> user,
        Optional<String> password,
        Map<String, Enterprise> enterprise,
        MemorySize maxOnDisk)
        implements KsbMerpConfig {

    TestConfig(
            Optional<String> url,
            Optional<String> user,
            Optional<String> password,
            Map<String, Enterprise> enterprise,
            long maxOnDisk) {
        this(url, user, password, enterprise, new MemorySize(BigInteger.valueOf(maxOnDisk)));
    }

    static TestConfig at(String address, long maxOnDisk) {
        return new TestConfig(Optional.of(address), Optional.empty(), Optional.empty(), Map.of(), maxOnDisk);
    }

    record Own(Optional<String> url, Optional<String> user, Optional<String> password) implements Enterprise {}
}

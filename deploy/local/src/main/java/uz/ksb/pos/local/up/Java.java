package uz.ksb.pos.local.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The command line of a child JVM: the JDK that runs the launcher, small, and quiet. */
final class Java {

    /** The first JDK whose cache keeps profiles of methods beside the classes (JEP 514, 515). */
    private static final int FIRST_WITH_PROFILES = 25;

    /** glibc gives each thread memory of its own, which small JVMs with many threads never use. */
    static final Map<String, String> FEW_ARENAS = Map.of("MALLOC_ARENA_MAX", "2");

    /**
     * Beside a cache: trained code is compiled for good after 8192 calls instead of 2048, since else that takes a core while the
     * service starts (ADR 29); and no warning of each adapter that this processor needs in another form.
     */
    static final List<String> WITH_CACHE =
            List.of("-XX:Tier2InvokeNotifyFreqLog=13", "-XX:Tier2BackedgeNotifyFreqLog=16", "-Xlog:aot*=error");

    /** More options for every JVM; tests save the work of the optimising compiler by them. */
    private static final String MORE = "POS_JAVA_OPTIONS";

    private Java() {}

    /** Whether this JDK can make and use ahead-of-time caches with profiles. */
    static boolean hasCaches() {
        return Runtime.version().feature() >= FIRST_WITH_PROFILES;
    }

    static List<String> command(String heap, List<String> rest) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        // All of the heap at once, and half of it young: a start then hardly collects it, and little grows old.
        command.addAll(List.of(
                "-Xms" + heap, "-Xmx" + heap, "-XX:NewRatio=1", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(Pattern.compile(" +")
                .splitAsStream(System.getenv().getOrDefault(MORE, ""))
                .filter(option -> !option.isEmpty())
                .toList());
        command.addAll(rest);
        return command;
    }

    /** The use that services make of ahead-of-time caches: read them or make them. */
    enum Caches {
        /** Those of this build; one of another JDK is noticed by the JVM, which then starts without. */
        USED,
        /** Each service writes one when it ends, which takes a while. */
        MADE;

        /** The JVM's options for a service. */
        List<String> options(Service service, Path root) {
            if (!hasCaches()) {
                return List.of();
            }
            return service.cache(root)
                    .map(cache -> options(cache, service.artefact(root)))
                    .orElse(List.of());
        }

        private List<String> options(Path cache, Path artefact) {
            return switch (this) {
                case USED ->
                    isOf(cache, artefact)
                            ? Stream.concat(Stream.of("-XX:AOTCache=" + cache), WITH_CACHE.stream())
                                    .toList()
                            : List.of();
                case MADE -> List.of("-XX:AOTCacheOutput=" + cache);
            };
        }

        /** Whether it was made after the service was built. */
        private static boolean isOf(Path cache, Path artefact) {
            try {
                return Files.exists(cache)
                        && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(artefact)) >= 0;
            } catch (IOException e) {
                return false;
            }
        }
    }
}

package uz.ksb.pos.local.up;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The command line of a child JVM: the JDK that runs the launcher, small, and quiet. */
final class Java {

    /** glibc gives each thread memory of its own, which small JVMs with many threads never use. */
    static final Map<String, String> FEW_ARENAS = Map.of("MALLOC_ARENA_MAX", "2");

    private static final String MIN_HEAP = "128m";
    /** More options for every JVM; tests save the work of the optimising compiler by them. */
    private static final String MORE = "POS_JAVA_OPTIONS";

    private Java() {}

    static List<String> command(String heap, List<String> rest) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        // A larger heap is grown into only by those who need it.
        command.addAll(List.of("-Xms" + MIN_HEAP, "-Xmx" + heap, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(Pattern.compile(" +")
                .splitAsStream(System.getenv().getOrDefault(MORE, ""))
                .filter(option -> !option.isEmpty())
                .toList());
        command.addAll(rest);
        return command;
    }
}

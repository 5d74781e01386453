package uz.ksb.pos.benchmarks.measuring;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where it was measured.
 *
 * @param load see {@link #loadNow}, before anything was started
 */
public record Machine(String system, String processor, int cores, String java, double load) {

    public static Machine here() {
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                loadNow());
    }

    /** The load average of the last minute, negative where it is not known. */
    public static double loadNow() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String processorName() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException notLinux) {
            return "unknown";
        }
    }

    public String line() {
        return String.format(
                Locale.ROOT, "%d cores, %s, %s, Java %s, load before %.1f", cores, processor, system, java, load);
    }

    JsonObject json() {
        return new JsonObject()
                .put("system", system)
                .put("processor", processor)
                .put("cores", cores)
                .put("java", java)
                .put("loadBefore", load);
    }
}

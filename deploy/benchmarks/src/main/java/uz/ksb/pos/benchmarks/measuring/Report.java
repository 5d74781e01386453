package uz.ksb.pos.benchmarks.measuring;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The findings of one benchmark, for machines.
 *
 * @param loadAfter the load average of its last minute: what is far above the cores says that others worked too
 */
public record Report(
        String benchmark, String command, Instant at, Machine machine, double loadAfter, List<Measured> figures) {

    public boolean passed() {
        return figures.stream().allMatch(Measured::passed);
    }

    public JsonObject json() {
        return new JsonObject()
                .put("benchmark", benchmark)
                .put("command", command)
                .put("at", at.toString())
                .put("machine", machine.json())
                .put("loadAfter", loadAfter)
                .put("passed", passed())
                .put(
                        "figures",
                        new JsonArray(figures.stream().map(Measured::json).toList()));
    }

    /** @return the file, named after the benchmark */
    public Path write(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.writeString(folder.resolve(benchmark + ".json"), json().encodePrettily() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package uz.ksb.pos.benchmarks.stack;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uz.ksb.pos.benchmarks.BenchFailed;

/** PostgreSQL's own load generator, with prepared statements. */
public final class Pgbench {
    private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+)");
    private static final Pattern FAILED = Pattern.compile("(?m)^number of failed transactions: ([0-9]+)");

    private final Postgres postgres;
    private final String database;

    public Pgbench(Postgres postgres, String database) {
        this.postgres = postgres;
        this.database = database;
    }

    /** @throws BenchFailed when there is none */
    public static Path program() {
        return candidates()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new BenchFailed("pgbench is not installed on this machine, so there is nothing to compare"
                                + " with. On Debian and Ubuntu: apt-get install postgresql-contrib (postgresql-client has psql"
                                + " only); on macOS: brew install postgresql."));
    }

    /** On the PATH, else the newest where Debian keeps those it does not link. */
    private static Stream<Path> candidates() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        File[] versions =
                Optional.ofNullable(new File("/usr/lib/postgresql").listFiles()).orElse(new File[0]);
        return Stream.concat(
                Arrays.stream(path.split(File.pathSeparator, -1)).map(folder -> Path.of(folder, "pgbench")),
                Arrays.stream(versions).sorted(Comparator.reverseOrder()).map(version -> version.toPath()
                        .resolve("bin/pgbench")));
    }

    /**
     * Runs a script again and again.
     *
     * @param script in pgbench's language
     * @param variables what {@code :name} stands for in it
     * @return how often per second it was run to its end
     */
    public double perSecond(String script, int clients, Duration time, Map<String, String> variables)
            throws InterruptedException {
        try {
            Path file = Files.createTempFile("pos-bench-", ".sql");
            try {
                Files.writeString(file, script);
                return run(command(file, clients, time, variables));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new BenchFailed("pgbench cannot be run", e);
        }
    }

    private List<String> command(Path file, int clients, Duration time, Map<String, String> variables) {
        List<String> command = new ArrayList<>(List.of(
                program().toString(),
                "--host=127.0.0.1",
                "--port=" + postgres.port(),
                "--username=" + Postgres.SUPERUSER,
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--time=" + Math.max(1, time.toSeconds()),
                "--file=" + file));
        variables.forEach((name, value) -> command.add("--define=" + name + "=" + value));
        command.add(database);
        return command;
    }

    private double run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", postgres.password());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new BenchFailed("pgbench failed:\n" + output);
        }
        return rate(output);
    }

    static double rate(String output) {
        Matcher failed = FAILED.matcher(output);
        Matcher rate = RATE.matcher(output);
        if (failed.find() && !"0".equals(failed.group(1)) || !rate.find()) {
            throw new BenchFailed("pgbench did not get through:\n" + output);
        }
        return Double.parseDouble(rate.group(1));
    }
}

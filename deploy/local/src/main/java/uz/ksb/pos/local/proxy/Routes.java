package uz.ksb.pos.local.proxy;

import io.vertx.core.http.impl.HttpUtils;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The table of {@code routes.txt}: which service answers a path. */
public final class Routes {

    private record Route(String prefix, String service) {

        boolean matches(String path) {
            return prefix.equals("/") || path.equals(prefix) || path.startsWith(prefix + "/");
        }
    }

    private static final Route INSIDE = new Route("/q", "");

    private final List<Route> table;

    private Routes(List<Route> table) {
        this.table = table;
    }

    public static Routes load() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Routes.class.getResourceAsStream("routes.txt")), StandardCharsets.UTF_8))) {
            List<Route> table = new ArrayList<>();
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .flatMap(Routes::parse)
                    .forEach(table::add);
            return new Routes(List.copyOf(table));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Route> parse(String line) {
        String[] words = line.strip().split("\\s+");
        return Stream.of(words).skip(1).map(prefix -> new Route(prefix, words[0]));
    }

    /** The service for a path as it stands in a request; empty when no one outside may have it. */
    public Optional<String> serviceFor(String path) {
        String seen = asServicesSeeIt(path);
        if (!seen.startsWith("/") || INSIDE.matches(seen)) {
            return Optional.empty();
        }
        return table.stream()
                .filter(route -> route.matches(seen))
                .map(Route::service)
                .findFirst();
    }

    /** Dots, double slashes and needless escapes resolved, or {@code /api/sales/../../q} would get through. */
    private static String asServicesSeeIt(String path) {
        if (!path.startsWith("/")) {
            return "";
        }
        try {
            return HttpUtils.normalizePath(path);
        } catch (RuntimeException e) {
            return "";
        }
    }
}

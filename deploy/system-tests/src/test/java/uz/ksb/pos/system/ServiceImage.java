package uz.ksb.pos.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uz.ksb.pos.kubernetes.Project;

/**
 * A service's image as a folder: the last stage's {@code COPY} lines into {@code WORKDIR}, its {@code ENTRYPOINT} as its
 * {@code USER} with its {@code ENV}. The folder is not to be written to. A training of this machine stands for the image's own.
 */
final class ServiceImage {
    private static final Pattern COPY = Pattern.compile("(?m)^COPY (\\S+) \\./(\\S*)$");
    private static final Pattern COPY_TRAINED =
            Pattern.compile("(?m)^COPY --from=training /training/(\\S+) \\./(\\S*)$");
    private static final Pattern ENV = Pattern.compile("(?m)^ENV (\\w+)=(\\S+)$");
    private static final Pattern USER = Pattern.compile("(?m)^USER (\\d+):(\\d+)$");
    private static final Pattern ENTRYPOINT = Pattern.compile("(?m)^ENTRYPOINT \\[(.*)]$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");

    private final String recipe = Project.text("deploy/images/Dockerfile");
    private final Path folder;

    /** @param folder the image's, made new */
    ServiceImage(String service, Path folder) throws IOException {
        this.folder = Files.createDirectory(folder);
        Stream.concat(
                        COPY.matcher(recipe).results(),
                        COPY_TRAINED.matcher(recipe).results())
                .forEach(copy -> copy(source(service, copy), folder.resolve(copy.group(2))));
    }

    private static Path source(String service, MatchResult copy) {
        return Project.file(copy.group(1).replace("${SERVICE}", service));
    }

    private static void copy(Path from, Path to) {
        try {
            if (Files.isDirectory(from)) {
                copyFolder(from, to);
            } else if (Files.exists(from)) {
                copyFile(from, Files.isDirectory(to) ? to.resolve(from.getFileName()) : to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                copyFile(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void copyFile(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        // With its time, as an image has it.
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** A process of it, as the image's user where this one may become another. */
    ProcessBuilder process(Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            MatchResult user = find(USER);
            command.addAll(List.of(
                    "setpriv",
                    "--reuid=" + user.group(1),
                    "--regid=" + user.group(2),
                    "--clear-groups",
                    "--no-new-privs"));
        }
        WORD.matcher(find(ENTRYPOINT).group(1))
                .results()
                .map(word -> word.group(1))
                .forEach(command::add);
        command.replaceAll(word -> word.equals("java")
                ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
                : word);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        ENV.matcher(recipe).results().forEach(variable -> builder.environment()
                .put(variable.group(1), variable.group(2)));
        builder.environment().putAll(environment);
        return builder;
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** The image's user's number. */
    String user() {
        return find(USER).group(1);
    }

    private MatchResult find(Pattern line) {
        Matcher matcher = line.matcher(recipe);
        if (!matcher.find()) {
            throw new IllegalStateException("the Dockerfile has no line " + line);
        }
        return matcher.toMatchResult();
    }

    /** Files of the image, with the time of their last change. */
    Map<Path, Long> files() throws IOException {
        Map<Path, Long> files = new TreeMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.put(file, attributes.lastModifiedTime().toMillis());
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}

package uz.ksb.pos.platform;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All Java sources of the repository. */
final class Sources {
    private static final Set<String> NO_SOURCES = Set.of("target", "node_modules", ".git", ".pos");

    private Sources() {}

    static Path root() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve(".mvn"))) {
            root = root.getParent();
        }
        return root;
    }

    /** The texts by their paths from the root. */
    static Map<Path, String> read() throws IOException {
        Path root = root();
        Map<Path, String> sources = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NO_SOURCES.contains(String.valueOf(folder.getFileName()))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (file.toString().endsWith(".java")) {
                    sources.put(root.relativize(file), Files.readString(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }
}

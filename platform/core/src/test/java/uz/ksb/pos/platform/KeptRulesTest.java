package uz.ksb.pos.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tests that {@code docs/kept-rules.md} names are there. */
class KeptRulesTest {
    private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Set<String> NO_SOURCES = Set.of("target", "node_modules", ".git", ".pos");

    @Test
    void eachRuleNamesATestThatExists() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve(".mvn"))) {
            root = root.getParent();
        }
        List<MatchResult> named = NAMED.matcher(Files.readString(root.resolve("docs/kept-rules.md")))
                .results()
                .toList();
        Map<String, String> sources = sources(root);

        assertThat(named).hasSizeGreaterThan(100);
        assertThat(named)
                .filteredOn(test -> !sources.getOrDefault(test.group(1), "").contains(" " + test.group(2) + "("))
                .extracting(MatchResult::group)
                .isEmpty();
    }

    /** Classes of one name in several modules are one text. */
    private static Map<String, String> sources(Path root) throws IOException {
        Map<String, String> sources = new HashMap<>();
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NO_SOURCES.contains(String.valueOf(folder.getFileName()))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith("Test.java") || name.endsWith("Rules.java")) {
                sources.merge(name.replace(".java", ""), Files.readString(file), String::concat);
            }
        }
        return sources;
    }
}

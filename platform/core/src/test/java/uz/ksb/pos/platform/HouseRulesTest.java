package uz.ksb.pos.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules of the house for all Java sources of the repository: sizes, names, language. */
class HouseRulesTest {
    private static final int MAX_LINES = 300;
    private static final int MAX_TYPES = 15;
    private static final int MAX_TEST_NAME = 60;
    private static final int MAX_README_LINES = 40;
    private static final Pattern TEST_NAME = Pattern.compile("(?m)^    (?:public )?void (\\w+)\\(");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.:;!?])\\s+|<p>|@param \\w+ |@return ");
    private static final Pattern RIDDLE = Pattern.compile("(What|Whatever|Whoever|Who|Whom|Whose|Of who|Of what)\\b.*");
    private static final Pattern VAGUE_NAME = Pattern.compile(".*(Impl|Manager|Helper|Util|Utils|DTO|Dto)\\.java");
    private static final Pattern VAGUE_CONSTANT =
            Pattern.compile("static final [\\w.<>]+ (?:MOST|LEAST|LONGEST|LARGEST|SHORTEST|FEWEST)\\w* =");

    private static final Pattern LOGGED_MESSAGE =
            Pattern.compile("\\bLOG\\.\\w+\\([^;]*?(?:getMessage|toString)\\(\\)");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static final Map<Path, String> SOURCES = new TreeMap<>();
    private static final Path ROOT = Sources.root();

    @BeforeAll
    static void readSources() throws IOException {
        SOURCES.putAll(Sources.read());
        assertThat(SOURCES).hasSizeGreaterThan(500);
    }

    @Test
    void mainFilesHaveAtMost300Lines() {
        assertThat(main().filter(file -> SOURCES.get(file).lines().count() > MAX_LINES))
                .isEmpty();
    }

    @Test
    void packagesHaveAtMost15Types() {
        Map<Path, Long> sizes = main().filter(file -> !file.endsWith("package-info.java"))
                .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));

        assertThat(sizes).allSatisfy((folder, types) -> assertThat(types).isLessThanOrEqualTo(MAX_TYPES));
    }

    @Test
    void testNamesHaveAtMost60Characters() {
        assertThat(SOURCES.keySet().stream()
                        .filter(file -> file.toString().contains("/src/test/"))
                        .flatMap(file -> TEST_NAME.matcher(SOURCES.get(file)).results())
                        .map(name -> name.group(1))
                        .filter(name -> name.length() > MAX_TEST_NAME))
                .isEmpty();
    }

    @Test
    void noSentenceBeginsWithARelativePronoun() {
        List<String> riddles = new ArrayList<>();
        SOURCES.forEach((file, source) -> COMMENT.matcher(source)
                .results()
                .map(MatchResult::group)
                .map(comment -> comment.replaceAll("\\n\\s*\\*? ?", " ").replaceAll("^[/* ]+|[/* ]+$", ""))
                .flatMap(SENTENCE_END::splitAsStream)
                .filter(sentence -> RIDDLE.matcher(sentence.strip()).matches())
                .forEach(sentence -> riddles.add(file + ": " + sentence.strip())));

        assertThat(riddles).isEmpty();
    }

    @Test
    void namesSayWhatAClassIs() {
        assertThat(main().filter(file -> VAGUE_NAME.matcher(file.toString()).matches()))
                .isEmpty();
    }

    @Test
    void limitsAreCalledMaxAndMin() {
        assertThat(SOURCES.entrySet().stream()
                        .filter(source ->
                                VAGUE_CONSTANT.matcher(source.getValue()).find())
                        .map(Map.Entry::getKey))
                .isEmpty();
    }

    /** Or it passes the filter that tells an outage once, and the one that takes out what a parser quotes. */
    @Test
    void aFailureIsLoggedAsItselfAndNotAsItsMessage() {
        assertThat(main().filter(file -> !file.startsWith("deploy"))
                        .filter(file ->
                                LOGGED_MESSAGE.matcher(SOURCES.get(file)).find()))
                .isEmpty();
    }

    /** "ADR 26" means one of them. */
    @Test
    void eachDecisionHasANumberOfItsOwn() throws IOException {
        try (Stream<Path> decisions = Files.list(ROOT.resolve("docs/adr"))) {
            List<String> numbers = decisions
                    .map(file -> file.getFileName().toString().substring(0, 4))
                    .toList();
            assertThat(numbers).doesNotHaveDuplicates();
        }
    }

    /** Each row of "Where is …?" names a module and then its files, as {@code package/Type}. */
    @Test
    void theGuideNamesFilesThatExist() throws IOException {
        List<String> rows = Files.readString(ROOT.resolve("docs/how-it-flows.md"))
                .lines()
                .dropWhile(line -> !line.startsWith("## Where is"))
                .takeWhile(line -> !line.startsWith("## How to"))
                .filter(line -> CODE.matcher(line).find())
                .toList();

        assertThat(rows).hasSizeGreaterThan(10).allSatisfy(row -> {
            Path module = ROOT;
            for (MatchResult code : CODE.matcher(row).results().toList()) {
                if (Files.isDirectory(ROOT.resolve(code.group(1)))) {
                    module = Path.of(code.group(1));
                } else {
                    Path folder = module;
                    assertThat(main())
                            .anyMatch(file -> file.startsWith(folder) && file.endsWith(code.group(1) + ".java"));
                }
            }
        });
    }

    @Test
    void readmesOfServicesHaveAtMost40Lines() {
        assertThat(List.of("settings-service", "product-service", "sales-service", "sync-service", "realtime-gateway"))
                .allSatisfy(service -> assertThat(
                                Files.readAllLines(ROOT.resolve(service).resolve("README.md")))
                        .hasSizeLessThanOrEqualTo(MAX_README_LINES));
    }

    private static Stream<Path> main() {
        return SOURCES.keySet().stream().filter(file -> file.toString().contains("/src/main/"));
    }
}

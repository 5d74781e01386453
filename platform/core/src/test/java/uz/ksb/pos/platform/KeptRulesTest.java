package uz.ksb.pos.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tests that {@code docs/kept-rules.md} names are there. */
class KeptRulesTest {
    private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");

    @Test
    void eachRuleNamesATestThatExists() throws IOException {
        List<MatchResult> named = NAMED.matcher(Files.readString(Sources.root().resolve("docs/kept-rules.md")))
                .results()
                .toList();
        Map<String, String> sources = new HashMap<>();
        // Classes of one name in several modules are one text.
        Sources.read()
                .forEach((file, text) ->
                        sources.merge(file.getFileName().toString().replace(".java", ""), text, String::concat));

        assertThat(named).hasSizeGreaterThan(100);
        assertThat(named)
                .filteredOn(test -> !sources.getOrDefault(test.group(1), "").contains(" " + test.group(2) + "("))
                .extracting(MatchResult::group)
                .isEmpty();
    }
}

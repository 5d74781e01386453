package uz.ksb.pos.sales.reconciliation;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.reconciliation.domain.CsvTable;

/** The headings of the table in each language of the till. */
@ApplicationScoped
class CsvWords {
    private static final String DEFAULT_LANGUAGE = "uz-Latn";

    private final Map<String, Map<String, String>> languages;

    CsvWords(ObjectMapper json) {
        try (InputStream file = CsvWords.class.getResourceAsStream("/reconciliation-words.json")) {
            languages = json.readValue(file, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws Problem 400 naming {@code language} */
    CsvTable table(String language) {
        Map<String, String> words = languages.get(language == null ? DEFAULT_LANGUAGE : language);
        if (words == null) {
            throw Problem.invalid("language", "is uz-Latn, uz-Cyrl, ru or en");
        }
        return new CsvTable(words);
    }
}

package uz.ksb.pos.sales.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlreadyThereTest {
    private static final UUID DOCUMENT = new UUID(1, 2);

    private final AlreadyThere alreadyThere = new AlreadyThere(
            List.of("Документ уже существует", "document {document} already exists"), List.of("exists"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mijoz mavjud emas",
                "period is already closed",
                "Документ уже существует, но период закрыт",
                "document 00000000-0000-0000-0000-000000000009 already exists",
                ""
            })
    void aSentenceWithTheSameWordsIsARefusal(String message) {
        assertThat(alreadyThere.says("error", message, DOCUMENT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Документ уже существует",
                " документ  уже существует. ",
                "Document 00000000-0000-0001-0000-000000000002 already exists"
            })
    void anExactPhraseSaysThatTheDocumentIsThere(String message) {
        assertThat(alreadyThere.says("error", message, DOCUMENT)).isTrue();
    }

    @Test
    void aStatusSaysThatTheDocumentIsThere() {
        assertThat(alreadyThere.says("exists", "", DOCUMENT)).isTrue();
        assertThat(alreadyThere.says("busy", "Документ уже существует", DOCUMENT))
                .isFalse();
    }
}

package uz.ksb.pos.sync.run.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.sync.backoffice.Delta;

class ChunkReaderTest {
    @Test
    void aChunkHasAtMost500Rows() {
        assertThat(chunks(1001, 1)).extracting(PartChunk::size).containsExactly(500, 500, 1);
    }

    @Test
    void aChunkHasAtMost500Kilobytes() {
        List<PartChunk> chunks = chunks(20, 100_000);

        assertThat(chunks).hasSize(4).extracting(PartChunk::size).containsOnly(5);
        assertThat(chunks).extracting(PartChunk::last).containsExactly(false, false, false, true);
    }

    @Test
    void aDeltaWithoutRowsIsOneEmptyLastChunk() {
        assertThat(chunks(0, 1)).singleElement().satisfies(chunk -> {
            assertThat(chunk.size()).isZero();
            assertThat(chunk.last()).isTrue();
        });
    }

    @Test
    void theLastRowOfAFullChunkEndsThePart() {
        assertThat(chunks(500, 1)).singleElement().extracting(PartChunk::last).isEqualTo(true);
    }

    private static List<PartChunk> chunks(int rows, int characters) {
        List<ObjectNode> offered = IntStream.range(0, rows)
                .mapToObj(i ->
                        JsonNodeFactory.instance.objectNode().put("id", "p" + i).put("name", "x".repeat(characters)))
                .toList();
        ChunkReader reader = new ChunkReader(Delta.of(offered));
        List<PartChunk> chunks = new ArrayList<>();
        do {
            chunks.add(reader.next());
        } while (!chunks.getLast().last());
        return chunks;
    }
}

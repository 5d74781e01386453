package uz.ksb.pos.product.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.testing.Property;

class PackedTest {
    @Test
    void piecesFollowEachOtherInOneGzipStream() {
        Property.forAll(50, random -> {
            Packed.Stream stream = new Packed.Stream();
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            StringBuilder text = new StringBuilder();
            int pieces = random.nextInt(1, 12);
            for (int i = 0; i < pieces; i++) {
                String piece = "шакар %d ".formatted(random.nextInt()).repeat(random.nextInt(5_000));
                text.append(piece);
                sent.writeBytes(stream.next(Packed.of(piece)));
            }
            sent.writeBytes(stream.end());

            // The checksum and the length at the end are checked by the reader.
            assertThat(unpacked(sent.toByteArray())).isEqualTo(text.toString());
        });
    }

    @Test
    void aPieceMayBeUsedByManyStreams() {
        Packed piece = Packed.of("non");
        for (int i = 0; i < 2; i++) {
            Packed.Stream stream = new Packed.Stream();
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            sent.writeBytes(stream.next(Packed.of("a")));
            sent.writeBytes(stream.next(piece));
            sent.writeBytes(stream.end());
            assertThat(unpacked(sent.toByteArray())).isEqualTo("anon");
        }
    }

    private static String unpacked(byte[] bytes) {
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(unzipped.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package uz.ksb.pos.product.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.text.StorableText;

/**
 * Where a list goes on: after this product. Opaque to callers.
 *
 * @param rank of {@link ProductSearch}
 */
record ProductCursor(int rank, String searchText, String id) {
    private static final String SEPARATOR = "\u0001";

    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, Integer.toString(rank), searchText, id)
                        .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param text null or empty: from the beginning
     * @throws Problem 400 when it is none of ours
     */
    static ProductCursor of(String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            String[] parts = decoded.split(SEPARATOR, -1);
            if (parts.length == 3 && StorableText.isWhole(decoded)) {
                return new ProductCursor(
                        Objects.checkIndex(Integer.parseInt(parts[0]), ProductSearch.RANKS), parts[1], parts[2]);
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw notOurs();
        }
        throw notOurs();
    }

    private static Problem notOurs() {
        return Problem.invalid("after", "is not a cursor of this list");
    }
}

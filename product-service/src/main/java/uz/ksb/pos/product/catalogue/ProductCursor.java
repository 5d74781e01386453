package uz.ksb.pos.product.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import uz.ksb.pos.platform.problem.Problem;

/** Where a list goes on: after this product. Opaque to callers. */
record ProductCursor(String searchText, String id) {
    private static final char SEPARATOR = 1;

    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((searchText + SEPARATOR + id).getBytes(StandardCharsets.UTF_8));
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
            int end = decoded.lastIndexOf(SEPARATOR);
            return new ProductCursor(decoded.substring(0, end), decoded.substring(end + 1));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw Problem.invalid("after", "is not a cursor of this list");
        }
    }
}

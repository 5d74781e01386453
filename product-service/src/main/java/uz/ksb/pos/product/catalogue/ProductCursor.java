package uz.ksb.pos.product.catalogue;

import java.util.List;
import uz.ksb.pos.platform.paging.Page;
import uz.ksb.pos.platform.problem.Problem;

/**
 * The product after which a list goes on. Opaque to callers.
 *
 * @param rank of {@link ProductSearch}
 */
record ProductCursor(int rank, String searchText, String id) {
    String text() {
        return Page.cursor(List.of(Integer.toString(rank), searchText, id));
    }

    /**
     * @param text null: from the beginning
     * @throws Problem 400 when it is none of ours
     */
    static ProductCursor of(String text) {
        List<String> key = Page.key(text, 3);
        return key == null
                ? null
                : new ProductCursor(Page.number(key.get(0), ProductSearch.RANKS), key.get(1), key.get(2));
    }
}

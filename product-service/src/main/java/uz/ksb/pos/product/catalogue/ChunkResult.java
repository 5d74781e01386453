package uz.ksb.pos.product.catalogue;

import java.util.List;

/** The outcome of a chunk of rows; the counts and the rejections add up to the rows given. */
public record ChunkResult(int created, int updated, int unchanged, int stale, List<Rejection> rejected) {
    /**
     * A row that was not applied.
     *
     * @param place of the row in the chunk, from 0
     */
    public record Rejection(int place, String reason) {}
}

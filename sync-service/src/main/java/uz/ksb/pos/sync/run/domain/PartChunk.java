package uz.ksb.pos.sync.run.domain;

import java.util.List;
import uz.ksb.pos.sync.backoffice.Delta;

/**
 * Rows that are sent in one event.
 *
 * @param number counted from 1
 * @param offered at most {@value ChunkReader#MAX_ROWS} rows and {@value ChunkReader#MAX_BYTES} bytes
 * @param refused rows between them that cannot be sent
 * @param last whether the part ends with it; only then it may be empty
 */
public record PartChunk(int number, List<Delta.Row.Offered> offered, List<Delta.Row.Refused> refused, boolean last) {
    public int size() {
        return offered.size() + refused.size();
    }
}

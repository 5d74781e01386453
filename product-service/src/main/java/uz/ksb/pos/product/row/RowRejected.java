package uz.ksb.pos.product.row;

import uz.ksb.pos.platform.text.StorableText;

/** A row of the source that cannot be applied; the message is the reason, for the person who maintains the source. */
public final class RowRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RowRejected(String reason) {
        super(StorableText.quoted(reason), null, false, false);
    }
}

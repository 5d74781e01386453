package uz.ksb.pos.sales.sale.domain;

import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;

/** An event of a sale; published with the whole view after the change. */
public sealed interface SaleEvent {
    Sale sale();

    String type();

    default Event published() {
        return new Event(Topics.SALES, type(), sale().ksbId(), sale().id().toString(), sale().view());
    }

    record SaleOpened(OpenSale sale) implements SaleEvent {
        @Override
        public String type() {
            return "sale.opened";
        }
    }

    /** Also a finished sale that is to be sent once more. */
    record SaleUpdated(Sale sale) implements SaleEvent {
        @Override
        public String type() {
            return "sale.updated";
        }
    }

    record SaleCompleted(CompletedSale sale) implements SaleEvent {
        @Override
        public String type() {
            return "sale.completed";
        }
    }

    record SaleTrashed(TrashedSale sale) implements SaleEvent {
        @Override
        public String type() {
            return "sale.trashed";
        }
    }

    record SaleDelivered(CompletedSale sale) implements SaleEvent {
        @Override
        public String type() {
            return "sale.delivered";
        }
    }

    record SaleRejected(CompletedSale sale) implements SaleEvent {
        @Override
        public String type() {
            return "sale.rejected";
        }
    }

    record SaleClosed(CompletedSale sale) implements SaleEvent {
        @Override
        public String type() {
            return "sale.closed";
        }
    }
}

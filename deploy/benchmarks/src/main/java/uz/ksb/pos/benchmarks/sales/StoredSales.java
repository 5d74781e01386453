package uz.ksb.pos.benchmarks.sales;

import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.stack.Postgres;
import uz.ksb.pos.benchmarks.stack.SampleShop;

/** The finished sales in the service's table: only what is there may be counted. */
record StoredSales(Postgres postgres) {

    long count() {
        return Long.parseLong(postgres.value(
                "sales", "select count(*) from sales where ksb_id = ? and status = 'COMPLETED'", SampleShop.KSB_ID));
    }

    /** @throws BenchFailed when there are others than the tills were told of */
    void require(long told) {
        long stored = count();
        if (told != stored) {
            throw new BenchFailed("%d sales were told to be saved, %d are in the database".formatted(told, stored));
        }
    }
}

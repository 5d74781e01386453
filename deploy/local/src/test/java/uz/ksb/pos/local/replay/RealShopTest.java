package uz.ksb.pos.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.ksb.pos.local.replay.shop.ExpectedTotals;
import uz.ksb.pos.local.replay.shop.Invoice;
import uz.ksb.pos.local.replay.shop.ShopFolder;

/** The mapping against a real shop's files: what would be sent adds up to what is expected. */
class RealShopTest {

    private static final Path DATA = Path.of("../../../shared/data");

    @ParameterizedTest
    @CsvSource({"sales-week.csv, 727, 121, 388622.44, 8214.87", "sales.csv.gz, 3723, 587, ,"})
    void theSumsOfEachDayAreThoseExpected(String file, int sales, int returns, BigDecimal gross, BigDecimal returned) {
        assumeTrue(Files.isDirectory(DATA), "skipped: the real shop's files (../shared/data) are not here");
        ShopFolder shop = ShopFolder.read(DATA, file);

        assertThat(shop.sales().sales()).isEqualTo(sales);
        assertThat(shop.sales().returns()).isEqualTo(returns);
        assertThat(shop.expected().days()).allSatisfy(day -> assertThat(day).isEqualTo(summed(shop, day)));
        if (gross != null) {
            assertThat(total(shop.sales().invoices(), invoice -> !invoice.isReturn()))
                    .isEqualTo(gross);
            assertThat(total(shop.sales().invoices(), Invoice::isReturn)).isEqualTo(returned);
        }
    }

    private static ExpectedTotals.Day summed(ShopFolder shop, ExpectedTotals.Day day) {
        List<Invoice> invoices = shop.sales().invoices().stream()
                .filter(invoice -> invoice.at().toLocalDate().equals(day.date()))
                .toList();
        long returns = invoices.stream().filter(Invoice::isReturn).count();
        return new ExpectedTotals.Day(
                day.date(),
                invoices.size() - returns,
                returns,
                total(invoices, invoice -> !invoice.isReturn()),
                total(invoices, Invoice::isReturn));
    }

    private static BigDecimal total(List<Invoice> invoices, Predicate<Invoice> which) {
        return invoices.stream().filter(which).map(Invoice::total).reduce(new BigDecimal("0.00"), BigDecimal::add);
    }
}

package uz.ksb.pos.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.local.failure.CommandFailed;
import uz.ksb.pos.local.replay.shop.ExpectedTotals;
import uz.ksb.pos.local.replay.shop.Invoice;
import uz.ksb.pos.local.replay.shop.SalesFile;
import uz.ksb.pos.local.replay.shop.ShopFolder;

class ShopFolderTest {

    @TempDir
    Path folder;

    @BeforeEach
    void aCompleteFolder() throws IOException {
        ShopFiles.in(folder);
    }

    @Test
    void namesKeepTheirQuotesCommasAndPoundSigns() {
        assertThat(read().productsByCode().get("22423").name()).isEqualTo("REGENCY CAKESTAND, \"3 TIER\"");
        assertThat(read().productsByCode().get("gift_0001_10").name()).endsWith("£10.00");
    }

    @Test
    void codesThatDifferByCaseAreTwoProducts() {
        assertThat(read().productsByCode()).containsKeys("15056BL", "15056bl");
    }

    @Test
    void aProductWithoutADescriptionIsCalledByItsCode() {
        assertThat(read().productsByCode().get("PADS").name()).isEqualTo("PADS");
    }

    @Test
    void anInvoiceKeepsItsLinesInOrderAndTheTimeOfTheFirst() {
        Invoice first = read().sales().invoices().getFirst();

        assertThat(first.at()).isEqualTo(LocalDateTime.parse("2011-11-14T08:10:00"));
        assertThat(first.lines()).extracting(Invoice.Item::code).containsExactly("15056BL", "15056bl", "15056BL");
        assertThat(first.total()).isEqualTo("29.80");
    }

    @Test
    void aCancellationIsAReturnOfPositiveQuantities() {
        Invoice cancelled = read().sales().invoices().get(1);

        assertThat(cancelled.number()).isEqualTo("C3");
        assertThat(cancelled.isReturn()).isTrue();
        assertThat(cancelled.total()).isEqualTo("12.75");
    }

    @Test
    void stockWriteOffsAreNoSalesAndAreCounted() {
        SalesFile sales = read().sales();

        assertThat(sales.invoices()).extracting(Invoice::number).containsExactly("1", "C3", "4", "5");
        assertThat(sales.sales()).isEqualTo(3);
        assertThat(sales.writeOffs()).isEqualTo(2);
        assertThat(sales.writeOffInvoices()).isEqualTo(1);
    }

    @Test
    void expectedSalesLeaveOutWriteOffsAndReturnsArePositive() {
        assertThat(read().expected().days())
                .containsExactly(day("2011-11-14", 1, 1, "29.80", "12.75"), day("2011-11-15", 2, 0, "24.99", "0.00"));
    }

    @Test
    void aCompressedSalesFileIsTakenFirst() throws IOException {
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("sales.csv.gz")))) {
            out.write(ShopFiles.SALES.replace("C3", "C7").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        assertThat(read().sales().invoices().get(1).number()).isEqualTo("C7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"products.csv", "customers.csv", "totals-sales.json"})
    void aMissingFileIsNamed(String name) throws IOException {
        Files.delete(folder.resolve(name));

        assertComplaint(name + " is missing in " + folder);
    }

    @Test
    void aMissingSalesFileOrFolderIsNamed() {
        assertThatThrownBy(() -> ShopFolder.read(folder, "june.csv")).hasMessage("june.csv is missing in " + folder);
        assertThatThrownBy(() -> ShopFolder.read(folder.resolve("nowhere"), null))
                .hasMessage(folder.resolve("nowhere") + " is not a folder");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    6,22423,1,12.75,2011-11-15T10:00:00           | 5 fields instead of 6
                    6,22423,1,12.75,2011-11-15T10:00:00,12346,x   | 7 fields instead of 6
                    6,22423,one,12.75,2011-11-15T10:00:00,12346   | quantity 'one' is not a number
                    6,22423,1,£12,2011-11-15T10:00:00,12346       | unit_price '£12' is not a number
                    6,22423,1,1e9,2011-11-15T10:00:00,12346       | unit_price '1e9' is not a number
                    6,22423,1,,2011-11-15T10:00:00,12346          | unit_price '' is not a number
                    6,22423,1,-1.00,2011-11-15T10:00:00,12346     | unit_price is negative
                    6,22423,0,1.00,2011-11-15T10:00:00,12346      | quantity 0 on invoice 6
                    C6,22423,1,1.00,2011-11-15T10:00:00,12346     | quantity 1 on invoice C6
                    6,22423,1,12.75,yesterday,12346               | timestamp 'yesterday' is not a time like 2011-11-14T08:10:00
                    ,22423,1,12.75,2011-11-15T10:00:00,12346      | no invoice
                    6,,1,12.75,2011-11-15T10:00:00,12346          | no stock_code
                    """)
    void aBrokenLineIsNamedWithItsFileAndNumber(String line, String why) throws IOException {
        Files.writeString(folder.resolve("sales.csv"), ShopFiles.SALES + line + "\n" + "7,22423,1,1.00,x,\n");

        assertComplaint("sales.csv, line 10: " + why);
    }

    @Test
    void anEmptyLineIsBroken() throws IOException {
        Files.writeString(folder.resolve("customers.csv"), "customer_id,country\n\n12346,UK\n");

        assertComplaint("customers.csv, line 2: 1 fields instead of 2");
    }

    @Test
    void aQuoteOutOfPlaceIsToldWithItsPlace() throws IOException {
        Files.writeString(folder.resolve("customers.csv"), "customer_id,country\n12346,UK\n12347,\"Ice\"land\n");
        assertComplaint("customers.csv is broken after line 2: a quote is not closed or stands in the wrong place");

        Files.writeString(folder.resolve("customers.csv"), "customer_id,country\n12346,\"UK\n12347,Iceland\n");
        assertComplaint("customers.csv is broken after line 1: a quote is not closed or stands in the wrong place");
    }

    @Test
    void anotherHeaderIsNotGuessedAt() throws IOException {
        Files.writeString(folder.resolve("customers.csv"), "id,country\n12346,UK\n");

        assertComplaint("customers.csv, line 1: the header must be customer_id,country");
    }

    @Test
    void aDamagedArchiveAndOtherEncodingsAreTold() throws IOException {
        Files.writeString(folder.resolve("sales.csv.gz"), ShopFiles.SALES);
        assertComplaint("sales.csv.gz cannot be read: Not in GZIP format");

        Files.delete(folder.resolve("sales.csv.gz"));
        Files.write(folder.resolve("customers.csv"), new byte[] {'c', (byte) 0xa3, '\n'});
        assertComplaint("customers.csv cannot be read: it is not UTF-8");
    }

    @Test
    void aRowThatStandsTwiceIsTold() throws IOException {
        Files.writeString(folder.resolve("customers.csv"), ShopFiles.CUSTOMERS + "12346,France\n");

        assertComplaint("customers.csv: '12346' stands there twice");
    }

    @Test
    void unreadableTotalsAreTold() throws IOException {
        Files.writeString(folder.resolve("totals-sales.json"), "{");
        assertComplaint("totals-sales.json is not readable as JSON");

        Files.writeString(folder.resolve("totals-sales.json"), "{\"currency\": \"GBP\", \"days\": {\"x\": {}}}");
        assertComplaint("totals-sales.json: currency or days are missing or cannot be read");
    }

    private void assertComplaint(String message) {
        assertThatThrownBy(this::read).isInstanceOf(CommandFailed.class).hasMessage(message);
    }

    private ShopFolder read() {
        return ShopFolder.read(folder, null);
    }

    private static ExpectedTotals.Day day(String date, long sales, long returns, String gross, String returned) {
        return new ExpectedTotals.Day(
                LocalDate.parse(date), sales, returns, new BigDecimal(gross), new BigDecimal(returned));
    }
}

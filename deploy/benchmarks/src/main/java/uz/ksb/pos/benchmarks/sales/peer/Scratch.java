package uz.ksb.pos.benchmarks.sales.peer;

import java.util.Map;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.stack.Migrations;
import uz.ksb.pos.benchmarks.stack.Postgres;
import uz.ksb.pos.benchmarks.stack.Stack;

/** The peer's database, with the schema of sales-service; dropped when closed. */
public record Scratch(Postgres postgres, Map<String, String> model) implements AutoCloseable {
    private static final String DATABASE = "bench_sales";

    /** Also stops the delivery of sales: it is no part of saving them. */
    public static Scratch in(Stack stack) throws InterruptedException {
        stack.takeBackOfficeAway();
        Postgres postgres = stack.postgres();
        Map<String, String> model = ModelSale.of(stack.shop(), postgres);
        postgres.createScratch(DATABASE, Migrations.of(stack.root(), "sales-service"));
        copyCatalogue(postgres);
        return new Scratch(postgres, model);
    }

    /** The copy of the products: a sale asks for those that it names. */
    private static void copyCatalogue(Postgres postgres) {
        String rows = postgres.value("sales", "select json_agg(p)::text from catalogue_products p");
        postgres.execute(
                DATABASE,
                "insert into catalogue_products select * from json_populate_recordset(null::catalogue_products, '%s'); analyze catalogue_products"
                        .formatted(rows.replace("'", "''")));
    }

    public Contender contender(String script, int clients, int salesOfARun) {
        return new SameSql(postgres, DATABASE, script, clients, salesOfARun, model);
    }

    @Override
    public void close() {
        postgres.dropScratch(DATABASE);
    }
}

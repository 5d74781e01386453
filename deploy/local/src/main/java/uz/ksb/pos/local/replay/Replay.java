package uz.ksb.pos.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonArray;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import uz.ksb.pos.local.failure.CommandFailed;
import uz.ksb.pos.local.replay.progress.Progress;
import uz.ksb.pos.local.replay.server.Enterprise;
import uz.ksb.pos.local.replay.server.SaleResults;
import uz.ksb.pos.local.replay.server.Server;
import uz.ksb.pos.local.replay.server.Till;
import uz.ksb.pos.local.replay.shop.Customer;
import uz.ksb.pos.local.replay.shop.ExpectedTotals;
import uz.ksb.pos.local.replay.shop.Invoice;
import uz.ksb.pos.local.replay.shop.Product;
import uz.ksb.pos.local.replay.shop.ShopFolder;
import uz.ksb.pos.till.Api;
import uz.ksb.pos.till.Session;

/** One run: products, tills, customers, sales, and what the server's totals then are. */
final class Replay {

    private static final int PRODUCTS_AT_ONCE = 500;
    private static final int SALES_AT_ONCE = 50;
    private static final String JSON = "application/json";

    private final ShopFolder folder;
    private final String ksbId;
    private final Server server;
    private final Enterprise enterprise;
    private final Progress progress;
    private final SaleResults results = new SaleResults();

    Replay(ShopFolder folder, String ksbId, Server server, Enterprise enterprise, Progress progress) {
        this.folder = folder;
        this.ksbId = ksbId;
        this.server = server;
        this.enterprise = enterprise;
        this.progress = progress;
    }

    /**
     * Plays everything.
     *
     * @throws CommandFailed when the server does not run, does not take the password, or refuses something
     */
    Comparison run(int tillCount) throws InterruptedException {
        Session backOffice = enterprise.backOffice();
        Documents documents = documents(backOffice);
        sendProducts(backOffice, documents);
        List<Till> tills = openTills(tillCount);
        sendCustomers(tills, documents);
        sendSales(tills, documents);
        return compare(tills.getFirst().manager());
    }

    SaleResults results() {
        return results;
    }

    private Documents documents(Session anyone) throws InterruptedException {
        String currency = folder.expected().currency();
        if (!claim(anyone, "currency").equals(currency)) {
            throw new CommandFailed(
                    "the folder is in %s, enterprise %s has %s".formatted(currency, ksbId, claim(anyone, "currency")));
        }
        try {
            return new Documents(ksbId, ZoneId.of(claim(anyone, "zone")), currency, folder.productsByCode());
        } catch (DateTimeException e) {
            throw new CommandFailed(
                    "the time zone of enterprise %s is unknown here: %s".formatted(ksbId, claim(anyone, "zone")));
        }
    }

    private static String claim(Session anyone, String name) {
        String value = anyone.claim(name);
        if (value.isEmpty()) {
            throw new CommandFailed("the server's token does not say the enterprise's " + name);
        }
        return value;
    }

    private void sendProducts(Session backOffice, Documents documents) throws InterruptedException {
        progress.begins("products", folder.products().size());
        for (List<Product> some : pieces(folder.products(), PRODUCTS_AT_ONCE)) {
            String lines = some.stream()
                    .map(product -> documents.product(product).encode())
                    .collect(Collectors.joining("\n", "", "\n"));
            Api.Answer answer = accepted(
                    server.ask(backOffice, () -> server.post("/api/product-updates", "application/x-ndjson", lines)),
                    "products");
            JsonNode first = answer.json().path("rejected").path(0);
            if (first.isObject()) {
                throw new CommandFailed("product '%s' is rejected: %s"
                        .formatted(
                                first.path("id").asText(), first.path("reason").asText()));
            }
            progress.advances(some.size());
        }
    }

    private List<Till> openTills(int count) throws InterruptedException {
        progress.begins("tills", count);
        List<Till> tills = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            tills.add(enterprise.newTill(number));
            progress.advances(1);
        }
        return tills;
    }

    private void sendCustomers(List<Till> tills, Documents documents) throws InterruptedException {
        progress.begins("customers", folder.customers().size());
        Parallel.each(tills, till -> {
            for (Customer customer : shareOf(till, tills.size(), folder.customers())) {
                String body = documents.customer(customer).encode();
                accepted(
                        server.ask(till.cashier(), () -> server.post("/api/customers", JSON, body)),
                        "customer " + customer.number());
                progress.advances(1);
            }
        });
    }

    private void sendSales(List<Till> tills, Documents documents) throws InterruptedException {
        progress.begins("sales", folder.sales().invoices().size());
        Parallel.each(tills, till -> {
            List<Invoice> share = shareOf(till, tills.size(), folder.sales().invoices());
            int sent = 0;
            for (List<Invoice> some : pieces(share, SALES_AT_ONCE)) {
                sendBatch(till, some, sent + 1, documents);
                sent += some.size();
            }
        });
    }

    /** A return without a receipt needs a manager, who is the one logged in for it. */
    private void sendBatch(Till till, List<Invoice> some, int firstSequence, Documents documents)
            throws InterruptedException {
        JsonArray sales = new JsonArray();
        JsonArray returns = new JsonArray();
        List<String> sold = new ArrayList<>();
        List<String> returned = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            Invoice invoice = some.get(i);
            (invoice.isReturn() ? returns : sales).add(documents.sale(invoice, firstSequence + i));
            (invoice.isReturn() ? returned : sold).add(invoice.number());
        }
        sendBatch(till.cashier(), sales, sold);
        sendBatch(till.manager(), returns, returned);
    }

    private void sendBatch(Session session, JsonArray batch, List<String> invoices) throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        String body = batch.encode();
        Api.Answer answer = accepted(server.ask(session, () -> server.post("/api/sales/batch", JSON, body)), "sales");
        JsonNode answers = answer.json();
        if (answers.size() != invoices.size()) {
            throw new CommandFailed(
                    "%d sales were sent, %d results came back".formatted(invoices.size(), answers.size()));
        }
        for (int i = 0; i < invoices.size(); i++) {
            JsonNode result = answers.path(i);
            results.add(
                    invoices.get(i), result.path("result").asText("without a result"), reason(result.path("problem")));
        }
        progress.advances(invoices.size());
    }

    private static String reason(JsonNode problem) {
        return problem.isObject()
                ? problem.path("detail").asText(problem.path("title").asText())
                : problem.asText();
    }

    private Comparison compare(Session session) throws InterruptedException {
        progress.begins("totals", folder.expected().days().size());
        List<Comparison.Day> days = new ArrayList<>();
        for (ExpectedTotals.Day day : folder.expected().days()) {
            Api.Answer answer = accepted(
                    server.ask(session, () -> server.get("/api/totals?date=" + day.date())),
                    "the totals of " + day.date());
            days.add(Comparison.Day.of(day, answer.json()));
            progress.advances(1);
        }
        return new Comparison(folder.expected().currency(), days);
    }

    private static Api.Answer accepted(Api.Answer answer, String what) {
        if (!answer.isSuccess()) {
            throw new CommandFailed("the server refuses %s: %s".formatted(what, answer.reason()));
        }
        return answer;
    }

    private static <T> List<T> shareOf(Till till, int tills, List<T> all) {
        return IntStream.range(0, all.size())
                .filter(i -> i % tills == till.number() - 1)
                .mapToObj(all::get)
                .toList();
    }

    private static <T> List<List<T>> pieces(List<T> all, int size) {
        return IntStream.rangeClosed(0, (all.size() - 1) / size)
                .mapToObj(i -> all.subList(i * size, Math.min(all.size(), (i + 1) * size)))
                .filter(piece -> !piece.isEmpty())
                .toList();
    }
}

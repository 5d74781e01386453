package uz.ksb.pos.simulator.erp;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import uz.ksb.pos.simulator.http.Answer.JsonBody;
import uz.ksb.pos.simulator.shop.Customer;
import uz.ksb.pos.simulator.shop.Product;
import uz.ksb.pos.simulator.shop.Reference;
import uz.ksb.pos.simulator.shop.Shop;
import uz.ksb.pos.simulator.state.RowType;

/** {@code {status, object, item: [ids], detail: [rows, same order]}}: the rows that a device has yet to confirm. */
final class Delta implements JsonBody {

    private final Shop shop;
    private final RowType type;
    private final int[] places;
    private final Map<String, BigDecimal> rates;
    private final int indexesOutOfRange;
    private final IntFunction<Product> products;
    private final IntFunction<Customer> customers;

    /**
     * @param places of the rows, in their order
     * @param rates by currency
     * @param products by place; called twice for each place, from the first to the last
     * @param customers the same
     * @param indexesOutOfRange so many products point to a unit that is not in the dictionary
     */
    Delta(
            Shop shop,
            RowType type,
            int[] places,
            Map<String, BigDecimal> rates,
            IntFunction<Product> products,
            IntFunction<Customer> customers,
            int indexesOutOfRange) {
        this.shop = shop;
        this.type = type;
        this.places = places;
        this.rates = rates;
        this.indexesOutOfRange = indexesOutOfRange;
        this.products = products;
        this.customers = customers;
    }

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStringField("status", "successfully");
        json.writeStringField("object", type.wireName());
        if (type == RowType.PRODUCT) {
            writeDictionaries(json);
        }
        json.writeArrayFieldStart("item");
        for (int place : places) {
            json.writeString(id(type, place));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("detail");
        for (int row = 0; row < places.length; row++) {
            json.writeStartObject();
            writeRow(json, places[row], row < indexesOutOfRange);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeDictionaries(JsonGenerator json) throws IOException {
        writeIds(json, RowType.SYMBOL, shop.reference().units().size());
        writeIds(json, RowType.CURRENCY, shop.reference().currencies().size());
        writeIds(json, RowType.WAREHOUSE, shop.reference().warehouses().size());
        writeIds(json, RowType.PRICE_TYPE, shop.reference().priceTypes().size());
    }

    private void writeIds(JsonGenerator json, RowType of, int size) throws IOException {
        json.writeArrayFieldStart(of.wireName());
        for (int place = 0; place < size; place++) {
            json.writeString(id(of, place));
        }
        json.writeEndArray();
    }

    private String id(RowType of, int place) {
        Reference reference = shop.reference();
        return switch (of) {
            case PRODUCT -> products.apply(place).id();
            case CLIENT -> customers.apply(place).id();
            case CASH -> reference.cashDesks().get(place).id();
            case CURRENCY -> reference.currencies().get(place).id();
            case SYMBOL -> reference.units().get(place).id();
            case WAREHOUSE -> reference.warehouses().get(place).id();
            case PRICE_TYPE -> reference.priceTypes().get(place).id();
        };
    }

    private void writeRow(JsonGenerator json, int place, boolean outOfRange) throws IOException {
        Reference reference = shop.reference();
        switch (type) {
            case PRODUCT -> writeProduct(json, products.apply(place), outOfRange);
            case CLIENT -> writeClient(json, customers.apply(place));
            case CASH -> {
                Reference.CashDesk desk = reference.cashDesks().get(place);
                json.writeStringField("name", desk.name());
                json.writeStringField("type", desk.type());
                writeMarks(json, false, false);
            }
            case CURRENCY -> {
                Reference.Currency currency = reference.currencies().get(place);
                json.writeStringField("key", currency.id());
                json.writeStringField("name", currency.name());
                json.writeNumberField("rate", rates.get(currency.id()));
                json.writeBooleanField("archive", false);
            }
            case SYMBOL -> writeItem(json, reference.units().get(place));
            case WAREHOUSE -> writeItem(json, reference.warehouses().get(place));
            case PRICE_TYPE -> writeItem(json, reference.priceTypes().get(place));
        }
    }

    private static void writeItem(JsonGenerator json, Reference.Item item) throws IOException {
        json.writeStringField("name", item.name());
        writeMarks(json, false, false);
    }

    private void writeProduct(JsonGenerator json, Product product, boolean outOfRange) throws IOException {
        Reference reference = shop.reference();
        json.writeStringField("name", product.name());
        json.writeStringField("article", product.article());
        json.writeNumberField(
                "symbol", outOfRange ? reference.units().size() : placeIn(reference.units(), product.unit()));
        json.writeNumberField("currency", currencyPlace(product.currency()));
        json.writeArrayFieldStart("barcodes");
        for (String barcode : product.barcodes()) {
            json.writeString(barcode);
        }
        json.writeEndArray();
        json.writeNumberField("box", product.box());
        writeAmounts(json, "stock", "warehouse", "qty", product.stock(), reference.warehouses());
        writeAmounts(json, "price", "type", "sale", product.prices(), reference.priceTypes());
        if (product.law() != null) {
            writeLaw(json, product.law());
        }
        writeMarks(json, product.deleted(), product.archived());
    }

    private static void writeLaw(JsonGenerator json, Product.Law law) throws IOException {
        json.writePOJOField("mxik", law.mxik());
        json.writePOJOField("package_code", law.packageCode());
        json.writePOJOField("vat_rate", law.vatRate());
        json.writePOJOField("marked", law.marked());
        json.writePOJOField("cash_allowed", law.cashAllowed());
    }

    private static void writeAmounts(
            JsonGenerator json,
            String field,
            String key,
            String value,
            Map<String, BigDecimal> amounts,
            List<Reference.Item> items)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (Map.Entry<String, BigDecimal> amount : amounts.entrySet()) {
            json.writeStartObject();
            json.writeNumberField(key, placeIn(items, amount.getKey()));
            json.writeNumberField(value, amount.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static int placeIn(List<Reference.Item> items, String id) {
        for (int place = 0; place < items.size(); place++) {
            if (items.get(place).id().equals(id)) {
                return place;
            }
        }
        throw new IllegalStateException("no such reference: " + id);
    }

    private int currencyPlace(String id) {
        List<Reference.Currency> currencies = shop.reference().currencies();
        for (int place = 0; place < currencies.size(); place++) {
            if (currencies.get(place).id().equals(id)) {
                return place;
            }
        }
        throw new IllegalStateException("no such currency: " + id);
    }

    private static void writeClient(JsonGenerator json, Customer customer) throws IOException {
        json.writeStringField("name", customer.name());
        json.writeStringField("phone_number", customer.phone());
        writeBalance(json, "positive_balance", customer.balances(), 1);
        writeBalance(json, "negative_balance", customer.balances(), -1);
        writeMarks(json, false, false);
    }

    private static void writeBalance(JsonGenerator json, String field, Map<String, BigDecimal> balances, int sign)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (Map.Entry<String, BigDecimal> balance : balances.entrySet()) {
            if (balance.getValue().signum() == sign) {
                json.writeStartObject();
                json.writeStringField("currency", balance.getKey());
                json.writeNumberField("sum", balance.getValue().abs());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void writeMarks(JsonGenerator json, boolean delete, boolean archive) throws IOException {
        json.writeBooleanField("delete", delete);
        json.writeBooleanField("archive", archive);
    }
}

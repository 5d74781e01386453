package uz.ksb.pos.product.catalogue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import uz.ksb.pos.platform.text.Sha256;
import uz.ksb.pos.product.catalogue.Product.Fiscal;
import uz.ksb.pos.product.catalogue.Product.Price;
import uz.ksb.pos.product.catalogue.Product.Stock;

/** The JSON of a product: stored once as it is shown, so that feed, lists and events only add its versions. */
public final class ProductDocument {
    private static final JsonFactory JSON = new JsonFactory();

    private ProductDocument() {}

    /** The product as tills see it, without its versions. */
    static String of(Product product) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(product, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * The view: {@code document} with its versions and its shown stock.
     *
     * @param sold see {@link ShownStock#sold}
     */
    public static String view(long version, long changeVersion, String document, String sold) {
        return "{\"version\":" + version + ",\"changeVersion\":" + changeVersion + ","
                + ShownStock.document(document, sold).substring(1);
    }

    /** Equal for equal content, whatever its version. */
    static UUID hash(Product product, String document) {
        String purchasePrice =
                product.purchasePrice() == null ? "" : product.purchasePrice().toPlainString();
        ByteBuffer digest = ByteBuffer.wrap(Sha256.bytes(document + purchasePrice));
        return new UUID(digest.getLong(), digest.getLong());
    }

    private static void write(Product product, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", product.id());
        writeOptional(json, "name", product.name());
        writeOptional(json, "article", product.article());
        writeOptional(json, "unit", product.unit());
        writeOptional(json, "currency", product.currency());
        json.writeArrayFieldStart("barcodes");
        for (String barcode : product.barcodes()) {
            json.writeString(barcode);
        }
        json.writeEndArray();
        if (product.boxQuantity() != null) {
            json.writeStringField("boxQuantity", product.boxQuantity().toPlainString());
        }
        writePrices(product, json);
        writeStock(product, json);
        writeFiscal(product.fiscal(), json);
        json.writeBooleanField("archived", product.archived());
        json.writeBooleanField("deleted", product.deleted());
        json.writeEndObject();
    }

    private static void writePrices(Product product, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("prices");
        for (Price price : product.prices()) {
            json.writeStartObject();
            json.writeStringField("priceType", price.priceType());
            json.writeStringField("price", price.price().toPlainString());
            json.writeStringField("currency", price.currency());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeStock(Product product, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("stock");
        for (Stock stock : product.stock()) {
            json.writeStartObject();
            json.writeStringField("warehouse", stock.warehouse());
            json.writeStringField("quantity", stock.quantity().toPlainString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeFiscal(Fiscal fiscal, JsonGenerator json) throws IOException {
        writeOptional(json, "mxik", fiscal.mxik());
        writeOptional(json, "packageCode", fiscal.packageCode());
        if (fiscal.vatRate() != null) {
            json.writeStringField("vatRate", fiscal.vatRate().toPlainString());
        }
        if (fiscal.marked() != null) {
            json.writeBooleanField("marked", fiscal.marked());
        }
        if (fiscal.cashAllowed() != null) {
            json.writeBooleanField("cashAllowed", fiscal.cashAllowed());
        }
    }

    private static void writeOptional(JsonGenerator json, String field, String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }
}

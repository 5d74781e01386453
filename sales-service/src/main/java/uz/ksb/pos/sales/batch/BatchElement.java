package uz.ksb.pos.sales.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.sale.Approvals;
import uz.ksb.pos.sales.sale.domain.CompletedSale;
import uz.ksb.pos.sales.sale.domain.content.Fields;
import uz.ksb.pos.sales.sale.domain.content.NewSale;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.Seller;

/** One element of a batch, with its place. */
sealed interface BatchElement {
    int place();

    String raw();

    /**
     * Can be read as a sale.
     *
     * @param seller with the rights of its cashier, and those that a manager gave for it
     */
    record Readable(int place, String raw, NewSale sale, SaleContent content, Seller seller) implements BatchElement {
        Unreadable because(String problem) {
            return new Unreadable(place, raw, sale.id().toString(), problem);
        }
    }

    /** @param id what looks like its id; may be null */
    record Unreadable(int place, String raw, String id, String problem) implements BatchElement {
        /** The field that is wrong, in the sender's words. */
        private static String reason(JsonMappingException wrong) {
            String field = wrong.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                    .collect(Collectors.joining())
                    .replaceFirst("^\\.", "");
            return field.isEmpty() || wrong.getCause() instanceof JsonProcessingException
                    ? "it is not valid JSON"
                    : field + ": has the wrong type or form";
        }
    }

    Logger LOG = Logger.getLogger(BatchElement.class);

    /** Larger ones could not be published as an event. */
    int MAX_CHARACTERS = 400_000;

    Pattern ID = Pattern.compile("\\A\\s*\\{[^{\\[]*?\"id\"\\s*:\\s*\"([^\"]{1,100})\"");

    static BatchElement read(int place, String raw, ObjectMapper json, Seller seller, Approvals approvals) {
        if (raw.length() > MAX_CHARACTERS) {
            return unreadable(place, raw, "is too large");
        }
        if (!raw.startsWith("{")) {
            return unreadable(place, raw, "it is not a sale: a JSON object is expected");
        }
        try {
            NewSale sale = json.readerFor(NewSale.class).readValue(raw);
            Seller maker = seller.maker(Fields.shortText(sale.cashier(), "cashier"));
            Seller approved =
                    approvals.lendLate(maker, CompletedSale.deviceOf(sale, seller), sale.id(), sale.approval());
            return new Readable(place, raw, sale, CompletedSale.contentOf(sale, approved), approved);
        } catch (JsonMappingException wrong) {
            return unreadable(place, raw, Unreadable.reason(wrong));
        } catch (JsonProcessingException broken) {
            return unreadable(place, raw, "it is not valid JSON");
        } catch (Problem refused) {
            return unreadable(place, raw, refused.getMessage());
        } catch (RuntimeException unforeseen) {
            // Money was taken: whatever it is, it must not be sent again and again.
            LOG.warnf(unforeseen, "A sale that a till of %s brought cannot be read and is kept raw", seller.ksbId());
            return unreadable(place, raw, "it cannot be read as a sale");
        }
    }

    private static Unreadable unreadable(int place, String raw, String problem) {
        Matcher id = ID.matcher(raw.substring(0, Math.min(raw.length(), 2_000)));
        return new Unreadable(place, raw, id.find() ? id.group(1) : null, problem);
    }
}

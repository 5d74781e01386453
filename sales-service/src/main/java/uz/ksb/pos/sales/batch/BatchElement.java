package uz.ksb.pos.sales.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.sale.CompletedSale;
import uz.ksb.pos.sales.sale.NewSale;
import uz.ksb.pos.sales.sale.Seller;
import uz.ksb.pos.sales.sale.TillTime;

/** One element of a batch, with its place. */
sealed interface BatchElement {
    int place();

    String raw();

    /** Can be taken over. */
    record Readable(int place, String raw, CompletedSale sale) implements BatchElement {
        Readable with(CompletedSale other) {
            return new Readable(place, raw, other);
        }

        Unreadable because(String problem) {
            return new Unreadable(place, raw, sale.id().toString(), problem);
        }
    }

    /** @param id what looks like its id; may be null */
    record Unreadable(int place, String raw, String id, String problem) implements BatchElement {}

    /** Larger ones could not be published as an event. */
    int MAX_CHARACTERS = 400_000;

    Pattern ID = Pattern.compile("\\A\\s*\\{[^{\\[]*?\"id\"\\s*:\\s*\"([^\"]{1,100})\"");

    static BatchElement read(int place, String raw, ObjectMapper json, Seller seller, TillTime time) {
        if (raw.length() > MAX_CHARACTERS) {
            return unreadable(place, raw, "is too large");
        }
        try {
            ObjectReader reader = json.readerFor(NewSale.class);
            NewSale sale = reader.readValue(raw);
            return sale == null
                    ? unreadable(place, raw, "is not a sale")
                    : new Readable(place, raw, CompletedSale.paidOffline(sale, seller, time));
        } catch (JsonProcessingException broken) {
            return unreadable(place, raw, broken.getOriginalMessage());
        } catch (Problem refused) {
            return unreadable(place, raw, refused.getMessage());
        }
    }

    private static Unreadable unreadable(int place, String raw, String problem) {
        Matcher id = ID.matcher(raw.substring(0, Math.min(raw.length(), 2_000)));
        return new Unreadable(place, raw, id.find() ? id.group(1) : null, problem);
    }
}

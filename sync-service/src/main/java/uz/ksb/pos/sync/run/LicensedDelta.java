package uz.ksb.pos.sync.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import uz.ksb.pos.sync.backoffice.Delta;
import uz.ksb.pos.sync.crm.Licences.Licence;

/** The enterprise's row with the licence that the CRM tells; the ERP's word does not count then. */
final class LicensedDelta implements Delta {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Delta delta;
    private final Licence licence;

    LicensedDelta(Delta delta, Licence licence) {
        this.delta = delta;
        this.licence = licence;
    }

    @Override
    public Optional<String> object() {
        return delta.object();
    }

    @Override
    public Optional<Row> next() {
        return delta.next().map(row -> row instanceof Row.Offered offered ? licensed(offered) : row);
    }

    private Row licensed(Row.Offered row) {
        try {
            ObjectNode enterprise = (ObjectNode) JSON.readTree(row.json());
            enterprise.remove("licenceUntil");
            licence.until().ifPresent(date -> enterprise.put("licenceUntil", date.toString()));
            return new Row.Offered(row.id(), enterprise.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the enterprise's row is not JSON", e);
        }
    }

    @Override
    public void close() {
        delta.close();
    }
}

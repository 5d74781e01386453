package uz.ksb.pos.sales.sale.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.util.Map;
import uz.ksb.pos.sales.sale.domain.Receipt.Returned;

/** The sums of all returns of a receipt, added up by the database: there may be very many of them. */
final class ReturnedRow {
    /** As {@link Returned#and} adds them. */
    static final String SELECT = """
            with back as materialized (
              select return_of, total, rounding, paid, change, lines, payments from sales
              where ksb_id = $1 and return_of = any($2) and kind = 'RETURN' and status = 'COMPLETED'
                and (held is null or held = 'return') and id <> all($3)
            ),
            pieces as (
              select return_of, line ->> 'returnOfIndex' as place, sum((line ->> 'quantity')::numeric)::text as quantity
              from back, jsonb_array_elements(lines) as line
              where line ->> 'returnOfIndex' is not null and (line ->> 'quantity')::numeric > 0 group by 1, 2
            ),
            money as (
              select return_of, payment ->> 'kind' = 'DEBT' as debt, payment ->> 'currency' as currency,
                     sum(greatest((payment ->> 'amount')::numeric, 0))::text as amount
              from back, jsonb_array_elements(payments) as payment group by 1, 2, 3
            )
            select return_of, sum(greatest(total + rounding, paid - change, 0)) as given_back, sum(rounding) as rounding,
                   coalesce((select json_object_agg(place, quantity) from pieces p where p.return_of = back.return_of),
                            '{}')::text as quantities,
                   coalesce((select json_object_agg(currency, amount) from money m
                             where m.return_of = back.return_of and debt), '{}')::text as lowered,
                   coalesce((select json_object_agg(currency, amount) from money m
                             where m.return_of = back.return_of and not debt), '{}')::text as paid_out
            from back group by return_of""";

    private static final TypeReference<Map<Integer, BigDecimal>> BY_PLACE = new TypeReference<>() {};
    private static final TypeReference<Map<String, BigDecimal>> BY_CURRENCY = new TypeReference<>() {};

    private ReturnedRow() {}

    static Returned returned(Row row, ObjectMapper json) {
        try {
            return new Returned(
                    json.readValue(row.getString("quantities"), BY_PLACE),
                    row.getBigDecimal("given_back"),
                    row.getBigDecimal("rounding"),
                    json.readValue(row.getString("lowered"), BY_CURRENCY),
                    json.readValue(row.getString("paid_out"), BY_CURRENCY));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the sums of a receipt's returns cannot be read", e);
        }
    }
}

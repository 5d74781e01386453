package uz.ksb.pos.sales.sale.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.json.Json;
import uz.ksb.pos.sales.catalogue.CatalogueRepository;
import uz.ksb.pos.sales.house.House;
import uz.ksb.pos.sales.house.Rates;
import uz.ksb.pos.sales.sale.domain.Known;

/** Loads the house's rules and the used numbers of tills in one statement: a sale pays one round trip for all of it. */
@ApplicationScoped
public class SaleChecks {
    private static final TypeReference<Map<String, JsonNode>> STEPS = new TypeReference<>() {};
    private static final TypeReference<List<Rates.Rate>> RATES = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> CODES = new TypeReference<>() {};

    private static final String RULES = """
              rules.cash_limit, rules.cash_roundings::text as cash_roundings,
              (select json_agg(json_build_object('currency', currency, 'rate', rate::text, 'validFrom', valid_from))
               from (select currency, rate, valid_from from currency_rates r
                     where ksb_id = asked.ksb_id and not exists (
                       select from currency_rates n
                       where n.ksb_id = r.ksb_id and n.currency = r.currency and n.valid_from > r.valid_from
                         and n.valid_from <= asked.since)
                     order by valid_from desc limit 2000) newest)::text as rates
            from asked left join enterprise_rules rules on rules.ksb_id = asked.ksb_id""";

    /**
     * One look into the index for each number, whatever the planner thinks of the table. {@code asked} hides the
     * values from the planner: it would plan anew each time, and that takes five times as long as the statement.
     */
    public static final String FIND = """
            with asked as materialized (
              select $1::text as ksb_id, $2::text[] as devices, $3::bigint[] as sequences, $4::uuid[] as sales,
                     $5::timestamptz as since
            )
            select
              (select array_agg(number.id)
               from unnest(devices, sequences, sales) as number (device_id, device_sequence, id),
                    lateral (select from sales
                             where ksb_id = asked.ksb_id and device_id = number.device_id
                               and device_sequence = number.device_sequence and id <> number.id
                             limit 1) taken) as taken,
              (select json_object_agg(device_id, code) from devices
               where ksb_id = asked.ksb_id and device_id = any(asked.devices) and code is not null)::text as codes,
            """ + RULES;

    /** Prices and rules in one row. */
    static final String FIND_PRICES =
            "select * from (" + CatalogueRepository.FIND_PRICES + ") catalogue, (\n" + """
            with asked as materialized (select $1::text as ksb_id, $3::timestamptz as since)
            select
            """ + RULES + ") house";

    private final ObjectMapper json;
    private final CatalogueRepository catalogue;

    SaleChecks(ObjectMapper json, CatalogueRepository catalogue) {
        this.json = json;
        this.catalogue = catalogue;
    }

    /** A till's number of a sale; device or sequence may be null. */
    public record Number(String deviceId, Long sequence, UUID saleId) {}

    /**
     * @param taken ids of the sales whose number another sale has
     * @param codes of the tills, by device id, as far as they are known
     */
    public record Found(House house, Set<UUID> taken, Map<String, String> codes) {}

    /**
     * The rules and these products' prices, without stock and numbers.
     *
     * @param since rates that were still valid then are found
     */
    public Uni<Known> prices(SqlClient client, String ksbId, Collection<String> products, Instant since) {
        return client.preparedQuery(FIND_PRICES)
                .execute(Tuple.of(ksbId, CatalogueRepository.ids(products), Rows.timestamp(since)))
                .map(rows -> rows.iterator().next())
                .map(row -> Known.of(catalogue.catalogue(row), house(row)));
    }

    /** @param since rates that were still valid then are found */
    public Uni<Found> find(SqlClient client, String ksbId, List<Number> numbers, Instant since) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(
                        ksbId,
                        numbers.stream().map(Number::deviceId).toArray(String[]::new),
                        numbers.stream().map(Number::sequence).toArray(Long[]::new),
                        numbers.stream().map(Number::saleId).toArray(UUID[]::new),
                        Rows.timestamp(since)))
                .map(rows -> found(rows.iterator().next()));
    }

    private Found found(Row row) {
        UUID[] taken = row.getArrayOfUUIDs("taken");
        Map<String, String> codes = read(row, "codes", CODES);
        return new Found(
                house(row),
                taken == null ? Set.of() : Stream.of(taken).collect(Collectors.toSet()),
                codes == null ? Map.of() : codes);
    }

    private House house(Row row) {
        Map<String, JsonNode> steps = read(row, "cash_roundings", STEPS);
        List<Rates.Rate> rates = read(row, "rates", RATES);
        return new House(
                steps == null ? House.DEFAULT.cashRoundings() : decimals(steps),
                row.getBigDecimal("cash_limit"),
                rates == null ? Rates.NONE : new Rates(rates));
    }

    /** Settings-service writes decimals as text, the default of the table is a number. */
    private static Map<String, BigDecimal> decimals(Map<String, JsonNode> steps) {
        return steps.entrySet().stream()
                .filter(step -> !step.getValue().isNull())
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        step -> new BigDecimal(step.getValue().asText())));
    }

    private <T> T read(Row row, String column, TypeReference<T> type) {
        String text = row.getString(column);
        return text == null ? null : Json.read(json, text, type);
    }
}

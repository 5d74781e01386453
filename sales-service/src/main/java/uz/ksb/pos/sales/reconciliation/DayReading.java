package uz.ksb.pos.sales.reconciliation;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import uz.ksb.pos.platform.database.Readings;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.json.Json;
import uz.ksb.pos.platform.schedule.OneByOne;
import uz.ksb.pos.sales.enterprise.Enterprises.Enterprise;
import uz.ksb.pos.sales.reconciliation.domain.Delivered;
import uz.ksb.pos.sales.reconciliation.domain.Difference;
import uz.ksb.pos.sales.reconciliation.domain.Gap;
import uz.ksb.pos.sales.reconciliation.domain.Reconciliation;
import uz.ksb.pos.sales.reconciliation.domain.Reconciliation.Day;
import uz.ksb.pos.sales.reconciliation.domain.TillDay;

/** Reads one day of an enterprise: what its tills took, and what the server has of it. */
@ApplicationScoped
class DayReading {
    /** More delivered sales of one day are not looked for in the back office. */
    static final int MAX_DELIVERED = 20_000;

    /** One more than are shown. */
    private static final int MAX_FOUND = Reconciliation.MAX_DIFFERENCES + 1;

    private final Readings readings;
    private final ObjectMapper json;

    DayReading(Readings readings, ObjectMapper json) {
        this.readings = readings;
        this.json = json;
    }

    /** The tills of the day, and the numbers of each that must all be there. */
    private record Tills(
            List<TillDay> days, List<Range> ranges, Map<String, List<Long>> reserved, List<Difference> found) {}

    /** @param floor the number before the first one that is looked for */
    private record Range(String deviceId, long floor, long last) {}

    /** The parameters of all questions about a day. */
    private record Question(Enterprise enterprise, LocalDate date, boolean today) {
        /** The business day is at most a day and a zone away from the time, by which there is an index. */
        Tuple values(Object... others) {
            List<Object> values = new ArrayList<>(List.of(
                    enterprise.ksbId(),
                    date,
                    date.minusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC),
                    date.plusDays(3).atStartOfDay().atOffset(ZoneOffset.UTC)));
            values.addAll(List.of(others));
            return Tuple.from(values);
        }

        OffsetDateTime start(LocalDate day) {
            return day.atTime(enterprise.dayStart()).atZone(enterprise.zone()).toOffsetDateTime();
        }
    }

    /** @param today whether the date is the present one there: then what the tills say now belongs to it */
    Uni<Day> read(Enterprise enterprise, LocalDate date, boolean today) {
        Question question = new Question(enterprise, date, today);
        return readings.within(enterprise.ksbId(), Readings.SEARCH, connection -> tills(connection, question)
                .chain(tills -> day(connection, question, tills)));
    }

    private Uni<Day> day(SqlConnection connection, Question question, Tills tills) {
        Tuple ranges = Tuple.of(question.enterprise().ksbId(), Json.write(json, tills.ranges()), MAX_FOUND);
        return list(connection, DaySql.GAPS, ranges, DayReading::gap)
                .chain(gaps -> found(connection, question).chain(found -> delivered(connection, question)
                        .map(delivered -> together(question, tills, gaps, found, delivered))));
    }

    private static Uni<List<Delivered>> delivered(SqlConnection connection, Question question) {
        return list(connection, DaySql.DELIVERED, question.values(MAX_DELIVERED + 1), DayReading::delivered);
    }

    /** Sales that wait, have a number twice, conflicts, and what cannot be read: one list each. */
    private static Uni<List<List<Found>>> found(SqlConnection connection, Question question) {
        String ksbId = question.enterprise().ksbId();
        LocalDate date = question.date();
        Tuple conflicts = Tuple.of(ksbId, date.toString(), MAX_FOUND);
        Tuple unreadable = Tuple.of(ksbId, question.start(date), question.start(date.plusDays(1)), MAX_FOUND);
        return OneByOne.map(
                List.of(
                        list(connection, DaySql.ITEMS, question.values(MAX_FOUND), DayReading::item),
                        list(connection, DaySql.TWICE, question.values(MAX_FOUND), DayReading::twice),
                        list(connection, DaySql.CONFLICTS, conflicts, DayReading::conflict),
                        list(connection, DaySql.UNREADABLE, unreadable, DayReading::unreadable)),
                found -> found);
    }

    private static Day together(
            Question question, Tills tills, List<Gap> gaps, List<List<Found>> found, List<Delivered> delivered) {
        List<Difference> differences = new ArrayList<>(tills.found());
        found.forEach(some -> some.forEach(one -> differences.add(one.difference())));
        Map<String, Long> twice = perTill(found.get(1));
        Map<String, Long> conflicts = perTill(found.get(2));
        List<TillDay> days = tills.days().stream()
                .map(till -> till.withReview(
                        twice.getOrDefault(String.valueOf(till.deviceId()), 0L),
                        conflicts.getOrDefault(String.valueOf(till.deviceId()), 0L)))
                .toList();
        boolean more = gaps.size() == MAX_FOUND || found.stream().anyMatch(some -> some.size() == MAX_FOUND);
        return new Day(
                question.date(),
                question.enterprise().currency(),
                days,
                gaps,
                tills.reserved(),
                differences,
                found.get(3).size(),
                more,
                delivered);
    }

    private static Map<String, Long> perTill(List<Found> found) {
        return found.stream()
                .collect(Collectors.groupingBy(one -> String.valueOf(one.deviceId()), Collectors.counting()));
    }

    private Uni<Tills> tills(SqlConnection connection, Question question) {
        return connection
                .preparedQuery(DaySql.TILLS)
                .execute(question.values(question.today()))
                .map(rows -> {
                    Tills tills = new Tills(new ArrayList<>(), new ArrayList<>(), new HashMap<>(), new ArrayList<>());
                    rows.forEach(row -> add(tills, row, question.today()));
                    return tills;
                });
    }

    private void add(Tills tills, Row row, boolean today) {
        String deviceId = row.getString("device_id");
        long before = Rows.number(row, "before");
        long present = Rows.number(row, "last");
        long last = Boolean.TRUE.equals(row.getBoolean("followed"))
                ? present
                : Math.max(present, Rows.number(row, "told_last"));
        int unsent = today ? Objects.requireNonNullElse(row.getInteger("unsent"), 0) : 0;
        boolean hasNumbers = deviceId != null && last > before;
        if (hasNumbers) {
            long floor = Math.max(before, Rows.number(row, "settled_through"));
            if (last > floor) {
                tills.ranges().add(new Range(deviceId, floor, last));
            }
            List<Long> reserved = Json.read(json, row.getString("reserved"), new TypeReference<>() {});
            tills.reserved().put(deviceId, reserved);
        }
        if (unsent > 0) {
            tills.found().add(Difference.unsent(row.getString("code"), unsent, Rows.instant(row, "oldest")));
        }
        tills.days().add(DayRows.till(row, unsent, hasNumbers ? before + 1 : null, hasNumbers ? last : null));
    }

    private static <T> Uni<List<T>> list(SqlConnection connection, String sql, Tuple values, Function<Row, T> form) {
        return connection.preparedQuery(sql).execute(values).map(rows -> Rows.list(rows, form));
    }

    /** A difference within the server, and its till. */
    record Found(String deviceId, Difference difference) {}

    private static Gap gap(Row row) {
        return new Gap(row.getString("device_id"), row.getLong("first"), row.getLong("last"));
    }

    private static Found item(Row row) {
        return DayRows.sale(row, Difference.Kind.valueOf(row.getString("difference")), row.getString("reason"));
    }

    private static Found twice(Row row) {
        return DayRows.sale(row, Difference.Kind.TWICE, null);
    }

    private static Found conflict(Row row) {
        return DayRows.sale(row, Difference.Kind.CONFLICT, null);
    }

    private static Found unreadable(Row row) {
        return DayRows.sale(row, Difference.Kind.UNREADABLE, row.getString("reason"));
    }

    private static Delivered delivered(Row row) {
        return new Delivered(
                row.getUUID("id"),
                row.getString("device_id"),
                row.getString("device_code"),
                DayRows.number(row),
                row.getBigDecimal("amount"),
                row.getString("currency"),
                Rows.instant(row, "at"));
    }
}

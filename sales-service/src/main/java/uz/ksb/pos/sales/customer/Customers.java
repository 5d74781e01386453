package uz.ksb.pos.sales.customer;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import uz.ksb.pos.platform.database.Writings;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.text.CurrencyCode;
import uz.ksb.pos.platform.text.StorableText;
import uz.ksb.pos.sales.enterprise.Enterprises.Enterprise;
import uz.ksb.pos.sales.house.HouseRepository;
import uz.ksb.pos.sales.totals.TotalChange;
import uz.ksb.pos.sales.totals.TotalsAggregator;

/** Making, changing and paying back: the use cases of the customers page. */
@ApplicationScoped
class Customers {
    private static final int MAX_TEXT_LENGTH = 300;
    private static final BigDecimal MAX_PAYMENT = new BigDecimal("1000000000000.00");
    /** Means "no customer". */
    private static final UUID NOBODY = new UUID(0, 0);

    private final CustomerRepository repository;
    private final CustomerAccounts accounts;
    private final HouseRepository house;
    private final Outbox outbox;
    private final Writings writings;
    private final TotalsAggregator totals;
    private final Clock clock;

    Customers(
            CustomerRepository repository,
            CustomerAccounts accounts,
            HouseRepository house,
            Outbox outbox,
            Writings writings,
            TotalsAggregator totals,
            Clock clock) {
        this.repository = repository;
        this.accounts = accounts;
        this.house = house;
        this.outbox = outbox;
        this.writings = writings;
        this.totals = totals;
        this.clock = clock;
    }

    record NewCustomer(UUID id, String name, String phone) {}

    /** Absent: as it is. */
    record CustomerChange(String name, String phone, Boolean archived) {}

    /** @param kind CASH or CARD */
    record NewRepayment(UUID id, String kind, BigDecimal amount, String currency, OffsetDateTime at) {}

    record Made(boolean created, CustomerView customer) {}

    Uni<Made> make(NewCustomer asked, Enterprise enterprise) {
        require(asked != null && asked.id() != null, "id", "is missing");
        require(!asked.id().equals(NOBODY), "id", "is reserved");
        CustomerView customer =
                new CustomerView(asked.id(), name(asked.name()), phone(asked.phone()), List.of(), false, 1);
        return inTransaction(enterprise, connection -> repository
                        .insert(connection, enterprise.ksbId(), customer)
                        .chain(created -> created
                                ? tell(connection, customer, 1, enterprise).replaceWith(new Made(true, customer))
                                : there(connection, customer, enterprise)))
                .invoke(totals::wake);
    }

    Uni<CustomerView> change(UUID id, CustomerChange asked, Enterprise enterprise) {
        require(asked != null, "body", "is missing");
        return inTransaction(enterprise, connection -> repository
                        .lock(connection, enterprise.ksbId(), id)
                        .onItem()
                        .ifNull()
                        .failWith(() -> Problem.notFound("This customer"))
                        .chain(stored -> write(connection, stored, changed(stored, asked), enterprise)))
                .invoke(totals::wake);
    }

    /** A debt paid back; the same payment once more changes nothing. */
    Uni<CustomerView> repay(UUID customer, NewRepayment asked, String login, Enterprise enterprise) {
        Movement movement = movement(customer, asked, login, enterprise);
        return inTransaction(enterprise, connection -> repository
                .lock(connection, enterprise.ksbId(), customer)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("This customer"))
                .chain(stored -> requireRate(connection, movement, enterprise))
                .chain(() -> accounts.move(connection, List.of(movement)))
                .chain(moved -> moved.isEmpty()
                        ? repeated(connection, movement, asked.at() != null)
                        : Uni.createFrom().item(moved.getFirst())));
    }

    private <T> Uni<T> inTransaction(Enterprise enterprise, Function<SqlConnection, Uni<T>> work) {
        return writings.inTurn(enterprise.ksbId(), () -> outbox.inTransaction(work));
    }

    private Uni<Void> requireRate(SqlConnection connection, Movement payment, Enterprise enterprise) {
        return payment.currency().equals(enterprise.currency())
                ? Uni.createFrom().voidItem()
                : house.hasRate(connection, payment.ksbId(), payment.currency())
                        .invoke(known -> {
                            if (!known) {
                                throw Problem.rule(
                                        "rule-rate", "currency", "the house has no rate for " + payment.currency());
                            }
                        })
                        .replaceWithVoid();
    }

    /** @param timed whether the payment's time is the till's */
    private Uni<CustomerView> repeated(SqlConnection connection, Movement now, boolean timed) {
        return repository
                .payment(connection, now.ksbId(), now.id())
                .invoke(before -> requireSame(before, timed ? now : now.at(before.at())))
                .chain(() -> repository.find(connection, now.ksbId(), now.customerId()));
    }

    private Uni<CustomerView> write(
            SqlConnection connection, CustomerView stored, CustomerView next, Enterprise enterprise) {
        if (next.equals(stored)) {
            return Uni.createFrom().item(stored);
        }
        CustomerView newer = next.nextVersion();
        int more = (stored.archived() ? 1 : 0) - (next.archived() ? 1 : 0);
        return repository
                .update(connection, enterprise.ksbId(), newer)
                .chain(() -> tell(connection, newer, more, enterprise))
                .replaceWith(newer);
    }

    private Uni<Void> tell(SqlConnection connection, CustomerView customer, int more, Enterprise enterprise) {
        TotalChange change = TotalChange.counterChange(
                        enterprise.ksbId(), enterprise.dateOf(clock.instant()), enterprise.currency())
                .customers(more);
        return totals.add(connection, more == 0 ? List.of() : List.of(change))
                .chain(() -> outbox.add(connection, CustomerAccounts.changed(enterprise.ksbId(), customer)));
    }

    /** The same request once more, also after a change, is answered with the customer as it is now. */
    private Uni<Made> there(SqlConnection connection, CustomerView asked, Enterprise enterprise) {
        return repository.wasCreatedAs(connection, enterprise.ksbId(), asked).chain(same -> repository
                .find(connection, enterprise.ksbId(), asked.id())
                .map(stored -> {
                    if (!same) {
                        throw Problem.conflict("customer-exists", "Another customer has this id.", stored);
                    }
                    return new Made(false, stored);
                }));
    }

    private Movement movement(UUID customer, NewRepayment asked, String login, Enterprise enterprise) {
        require(asked != null && asked.id() != null, "id", "is missing");
        require("CASH".equals(asked.kind()) || "CARD".equals(asked.kind()), "kind", "is CASH or CARD");
        BigDecimal amount = asked.amount();
        require(amount != null, "amount", "is missing");
        require(amount.precision() <= 18 && Math.abs((long) amount.scale()) <= 18, "amount", "has too many digits");
        if (amount.signum() <= 0 || amount.stripTrailingZeros().scale() > 2 || amount.compareTo(MAX_PAYMENT) > 0) {
            throw Problem.rule(
                    "rule-payment", "amount", "must be more than zero, at most " + MAX_PAYMENT + ", with 2 decimals");
        }
        require(
                asked.currency() == null || CurrencyCode.Check.isCurrency(asked.currency()),
                "currency",
                "is not the code of a currency");
        require(
                asked.at() == null || Math.abs(asked.at().getYear() - 2050) <= 50,
                "at",
                "is not a time of this century");
        Instant at = asked.at() == null ? clock.instant() : asked.at().toInstant();
        return new Movement(
                enterprise.ksbId(),
                asked.id(),
                customer,
                Movement.Kind.PAYMENT,
                asked.currency() == null ? enterprise.currency() : asked.currency(),
                amount.setScale(2, java.math.RoundingMode.UNNECESSARY),
                asked.kind(),
                login,
                at.truncatedTo(ChronoUnit.MICROS));
    }

    private static void requireSame(Movement before, Movement now) {
        if (!before.hasContentOf(now)) {
            throw Problem.conflict("payment-exists", "Another payment has this id.", before);
        }
    }

    private static CustomerView changed(CustomerView stored, CustomerChange asked) {
        return stored.withDetails(
                asked.name() == null ? stored.name() : name(asked.name()),
                asked.phone() == null ? stored.phone() : phone(asked.phone()),
                asked.archived() == null ? stored.archived() : asked.archived());
    }

    private static String name(String given) {
        return StorableText.required(given, MAX_TEXT_LENGTH, "name");
    }

    private static String phone(String given) {
        String phone = StorableText.optional(given, MAX_TEXT_LENGTH, "phone");
        return phone == null ? "" : phone;
    }

    private static void require(boolean fulfilled, String field, String message) {
        if (!fulfilled) {
            throw Problem.invalid(field, message);
        }
    }
}

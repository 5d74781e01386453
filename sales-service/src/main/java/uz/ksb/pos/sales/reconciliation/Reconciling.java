package uz.ksb.pos.sales.reconciliation;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import uz.ksb.pos.sales.delivery.BackOfficeBooks;
import uz.ksb.pos.sales.delivery.BackOfficeBooks.Books;
import uz.ksb.pos.sales.enterprise.Enterprises.Enterprise;
import uz.ksb.pos.sales.reconciliation.domain.Delivered;
import uz.ksb.pos.sales.reconciliation.domain.Reconciliation;
import uz.ksb.pos.sales.reconciliation.domain.Reconciliation.Asked;
import uz.ksb.pos.sales.reconciliation.domain.Reconciliation.Day;

/** Reads a day, asks the back office for its documents, and compares. */
@ApplicationScoped
class Reconciling {
    private final DayReading reading;
    private final BackOfficeBooks books;
    private final Clock clock;

    Reconciling(DayReading reading, BackOfficeBooks books, Clock clock) {
        this.reading = reading;
        this.books = books;
        this.clock = clock;
    }

    /** @param given a business date; null: today there */
    Uni<Reconciliation> of(Enterprise enterprise, LocalDate given) {
        LocalDate today = enterprise.dateOf(clock.instant());
        LocalDate date = given == null ? today : given;
        return reading.read(enterprise, date, date.equals(today)).chain(day -> compare(enterprise.ksbId(), day));
    }

    private Uni<Reconciliation> compare(String ksbId, Day day) {
        if (day.delivered().size() > DayReading.MAX_DELIVERED) {
            return Uni.createFrom().item(compared(day, null, "too-many"));
        }
        return books.of(ksbId, day.delivered().stream().map(Delivered::id).toList())
                .map(answer -> switch (answer) {
                    case Books.Told told -> compared(day, told.sums(), null);
                    case Books.CannotTell cannot -> compared(day, null, "cannot-tell");
                    case Books.Away away -> compared(day, null, away.reason());
                });
    }

    private Reconciliation compared(Day day, Map<UUID, BigDecimal> sums, String reason) {
        Asked asked = new Asked(sums != null, reason, day.delivered().size());
        return Reconciliation.of(day, sums, asked, clock.instant());
    }
}

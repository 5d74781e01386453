package uz.ksb.pos.simulator.shop;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** One enterprise's base. */
public record Shop(
        String ksbId,
        String name,
        String phone,
        LocalDate licenceUntil,
        Reference reference,
        List<User> users,
        Products products,
        List<Customer> customers) {

    /** The same in every enterprise of the simulator. */
    static final List<User> USERS = List.of(
            new User("00000001-05e7-4000-8000-000000000000", "admin", "Aziza Karimova", "admin", 100, true, true),
            new User("00000002-05e7-4000-8000-000000000000", "menejer", "Bobur Rahimov", "manager", 15, true, true),
            new User("00000003-05e7-4000-8000-000000000000", "kassir", "Елена Ким", "cashier", 5, false, false));

    static final LocalDate LICENCE_UNTIL = LocalDate.of(2030, 12, 31);

    /** One in so'm that has reference data and users, but no goods and no customers. */
    public static Shop empty(String ksbId) {
        return new Shop(
                ksbId,
                "Do'kon " + ksbId,
                "+998712000000",
                LICENCE_UNTIL,
                Reference.ofSample(List.of(new Reference.Currency("UZS", "O'zbek so'mi", BigDecimal.ONE))),
                USERS,
                Products.of(List.of()),
                List.of());
    }

    public String currency() {
        return reference.currencies().getFirst().id();
    }
}

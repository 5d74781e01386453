package uz.ksb.pos.simulator.shop;

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

    public String currency() {
        return reference.currencies().getFirst().id();
    }
}

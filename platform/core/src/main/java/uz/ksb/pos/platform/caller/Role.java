package uz.ksb.pos.platform.caller;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rights of a caller. A higher role carries the lower ones in its token.
 *
 * <ul>
 *   <li>CASHIER: sell, see the catalogue, customers and totals (with the rights of the user's settings), change the own
 *       language, theme and password, sync.
 *   <li>MANAGER: also set rates, resolve conflicts, close deliveries, take returns without a receipt.
 *   <li>ADMIN: also users, devices, clients, everybody's settings, the enterprise, full syncs.
 *   <li>BACK_OFFICE: bring product updates and rates, ask what was rejected, read the catalogue and the enterprise; nothing else that a
 *       person does, and hear nothing live.
 *   <li>SERVICE: one of our own services reads what it has to know of an enterprise; it changes nothing.
 * </ul>
 */
public enum Role {
    CASHIER,
    MANAGER,
    ADMIN,
    /** The technical role of a machine such as the ERP. */
    BACK_OFFICE,
    /** The technical role of one of our own services. */
    SERVICE;

    /** Names for {@code @RolesAllowed}. */
    public static final String IS_CASHIER = "CASHIER";

    public static final String IS_MANAGER = "MANAGER";
    public static final String IS_ADMIN = "ADMIN";
    public static final String IS_BACK_OFFICE = "BACK_OFFICE";
    public static final String IS_SERVICE = "SERVICE";

    /** This role and all that it includes: the {@code groups} of a token. */
    public Set<Role> withIncluded() {
        return switch (this) {
            case CASHIER -> Set.of(CASHIER);
            case MANAGER -> Set.of(CASHIER, MANAGER);
            case ADMIN -> Set.of(CASHIER, MANAGER, ADMIN);
            case BACK_OFFICE -> Set.of(BACK_OFFICE);
            case SERVICE -> Set.of(SERVICE);
        };
    }

    /** Whether people may have this role; the others are for machines. */
    public boolean isOfPeople() {
        return this == CASHIER || this == MANAGER || this == ADMIN;
    }

    /** The roles among the groups of a token; an external issuer may have groups that mean nothing here. */
    static Set<Role> among(Set<String> groups) {
        return Arrays.stream(values())
                .filter(role -> groups.contains(role.name()))
                .collect(Collectors.toUnmodifiableSet());
    }
}

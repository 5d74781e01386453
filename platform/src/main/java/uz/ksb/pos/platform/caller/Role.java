package uz.ksb.pos.platform.caller;

import java.util.Set;

/** What a caller may do; a higher role carries the lower ones in its token. */
public enum Role {
    CASHIER,
    MANAGER,
    ADMIN,
    /** The technical role of a machine such as the ERP. */
    BACK_OFFICE;

    /** Names for {@code @RolesAllowed}. */
    public static final String IS_CASHIER = "CASHIER";

    public static final String IS_MANAGER = "MANAGER";
    public static final String IS_ADMIN = "ADMIN";
    public static final String IS_BACK_OFFICE = "BACK_OFFICE";

    /** This role and all that it includes: the {@code groups} of a token. */
    public Set<Role> withIncluded() {
        return switch (this) {
            case CASHIER -> Set.of(CASHIER);
            case MANAGER -> Set.of(CASHIER, MANAGER);
            case ADMIN -> Set.of(CASHIER, MANAGER, ADMIN);
            case BACK_OFFICE -> Set.of(BACK_OFFICE);
        };
    }
}

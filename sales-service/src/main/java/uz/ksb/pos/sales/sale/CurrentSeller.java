package uz.ksb.pos.sales.sale;

import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.totals.Enterprises;

/** The seller of the request in hand. */
@RequestScoped
public class CurrentSeller {
    private final CurrentCaller caller;
    private final Enterprises enterprises;

    CurrentSeller(CurrentCaller caller, Enterprises enterprises) {
        this.caller = caller;
        this.enterprises = enterprises;
    }

    public Seller get() {
        Caller who = caller.get();
        boolean manager = who.is(Role.MANAGER);
        enterprises.seen(new Enterprises.Enterprise(who.ksbId(), who.zone(), who.dayStart(), who.currency()));
        return new Seller(
                who.ksbId(),
                who.deviceId(),
                who.deviceCode(),
                who.login(),
                manager,
                who.zone(),
                who.dayStart(),
                who.currency(),
                who.maxDiscountPercent(),
                who.mayChangePrice(),
                who.maySeeTotals() || manager,
                List.of());
    }
}

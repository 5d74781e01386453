package uz.ksb.pos.sales.sale;

import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.sales.enterprise.Enterprises;
import uz.ksb.pos.sales.enterprise.Enterprises.Enterprise;
import uz.ksb.pos.sales.house.Till;
import uz.ksb.pos.sales.sale.domain.content.Seller;

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
        Enterprise enterprise = enterprises.of(who);
        return new Seller(
                who.ksbId(),
                Till.id(who.deviceId()),
                who.deviceCode(),
                who.login(),
                manager,
                enterprise.zone(),
                enterprise.dayStart(),
                enterprise.currency(),
                who.maxDiscountPercent(),
                who.priceTypes(),
                who.mayChangePrice(),
                who.maySeeTotals() || manager,
                null,
                List.of(),
                false);
    }
}

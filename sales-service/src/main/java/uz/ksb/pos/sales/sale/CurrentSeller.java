package uz.ksb.pos.sales.sale;

import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.sales.totals.Enterprises;

/** The seller of the request in hand. */
@RequestScoped
public class CurrentSeller {
    private final CurrentCaller caller;
    private final JsonWebToken token;
    private final Enterprises enterprises;

    CurrentSeller(CurrentCaller caller, JsonWebToken token, Enterprises enterprises) {
        this.caller = caller;
        this.token = token;
        this.enterprises = enterprises;
    }

    public Seller get() {
        Caller who = caller.get();
        Object code = token.getClaim(Claims.DEVICE_CODE);
        boolean manager = who.is(Role.MANAGER);
        enterprises.seen(new Enterprises.Enterprise(who.ksbId(), who.zone(), who.dayStart(), who.currency()));
        return new Seller(
                who.ksbId(),
                who.deviceId(),
                code == null ? null : code.toString(),
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

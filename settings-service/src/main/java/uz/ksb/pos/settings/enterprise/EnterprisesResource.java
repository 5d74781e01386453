package uz.ksb.pos.settings.enterprise;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestPath;
import uz.ksb.pos.settings.ratelimit.LimitedPerAddress;

/** The page that asks for the KSB-ID: does it exist, and whose is it. */
@Path("/api/enterprises")
@PermitAll
class EnterprisesResource {
    private final EnterpriseRepository enterprises;

    EnterprisesResource(EnterpriseRepository enterprises) {
        this.enterprises = enterprises;
    }

    /** The public facts of an enterprise. */
    record PublicEnterprise(String ksbId, String name) {}

    @GET
    @Path("/{ksbId}")
    @LimitedPerAddress
    public Uni<PublicEnterprise> get(@RestPath @KsbId String ksbId) {
        return enterprises.get(ksbId).map(enterprise -> new PublicEnterprise(enterprise.ksbId(), enterprise.name()));
    }
}

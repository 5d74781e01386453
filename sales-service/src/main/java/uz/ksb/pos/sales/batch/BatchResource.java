package uz.ksb.pos.sales.batch;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import org.jboss.resteasy.reactive.RestHeader;
import uz.ksb.pos.platform.revocation.OpenToRevoked;
import uz.ksb.pos.sales.sale.TillCaller;
import uz.ksb.pos.sales.sale.domain.content.TillTime;

/** Finished sales made offline. Open to tills without a user's token: {@link TillCaller} looks at who it is. */
@Path("/api/sales/batch")
@PermitAll
class BatchResource {
    private final TillCaller caller;
    private final BatchReceiving receiving;
    private final Clock clock;

    BatchResource(TillCaller caller, BatchReceiving receiving, Clock clock) {
        this.caller = caller;
        this.receiving = receiving;
        this.clock = clock;
    }

    /** One result per sale, in order. Worker threads understand the JSON, 16 MB of which take their time, but wait for none. */
    @POST
    @OpenToRevoked
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<List<BatchResult>> receive(
            byte[] sales,
            @RestHeader("X-Device-Token") String deviceToken,
            @RestHeader("X-Client-Time") String clientTime) {
        TillTime time = TillTime.of(clock.instant(), clientTime);
        return Uni.createFrom()
                .item(() -> caller.identify(deviceToken).chain(seller -> receiving.receive(sales, seller, time)))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .flatMap(results -> results);
    }
}

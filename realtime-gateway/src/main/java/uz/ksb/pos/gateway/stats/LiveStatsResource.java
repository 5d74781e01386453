package uz.ksb.pos.gateway.stats;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import uz.ksb.pos.gateway.hub.Hub;
import uz.ksb.pos.gateway.metrics.LiveStats;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;

/** The live side as the caller's enterprise has it on this node. */
@Path("/api/live/stats")
public class LiveStatsResource {
    private final CurrentCaller caller;
    private final Hub hub;

    LiveStatsResource(CurrentCaller caller, Hub hub) {
        this.caller = caller;
        this.hub = hub;
    }

    @GET
    @NonBlocking
    @RolesAllowed(Role.IS_ADMIN)
    public LiveStats stats() {
        return hub.stats(caller.get().ksbId());
    }
}

package uz.ksb.pos.sync.crm;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import uz.ksb.pos.platform.caller.CurrentCaller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.problem.Problem;

@Path("/api/crm-notifications")
@RolesAllowed(Role.IS_ADMIN)
class CrmNotificationsResource {
    private final CurrentCaller caller;
    private final CrmNotifications notifications;

    CrmNotificationsResource(CurrentCaller caller, CrmNotifications notifications) {
        this.caller = caller;
        this.notifications = notifications;
    }

    /** The newest requests. */
    record NotificationPage(List<CrmNotifications.View> items) {}

    @GET
    public Uni<NotificationPage> list(@RestQuery Optional<CrmNotifications.Status> status) {
        return notifications.list(caller.get().ksbId(), status).map(NotificationPage::new);
    }

    @POST
    @Path("/{id}/redelivery")
    public Uni<CrmNotifications.View> sendAgain(@RestPath UUID id) {
        return notifications
                .sendAgain(caller.get().ksbId(), id)
                .map(found -> found.orElseThrow(() -> Problem.notFound("This notification")));
    }
}

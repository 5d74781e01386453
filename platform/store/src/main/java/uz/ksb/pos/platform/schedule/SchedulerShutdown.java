package uz.ksb.pos.platform.schedule;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** A process that is asked to end begins nothing new: its connections to the database close before its schedules do. */
@ApplicationScoped
class SchedulerShutdown {
    void pause(@Observes ShutdownEvent stopping, Scheduler scheduler) {
        scheduler.pause();
    }
}

package uz.ksb.pos.platform.lifecycle;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.OptionalLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import uz.ksb.pos.platform.process.ParentProcess;

/** Ends the service when the local launcher that started it is gone, even by kill -9. */
@ApplicationScoped
class ParentWatch {
    void watch(@Observes StartupEvent started, @ConfigProperty(name = "pos.parent.pid") OptionalLong parent) {
        parent.ifPresent(pid -> ParentProcess.onEnd(pid, Quarkus::asyncExit));
    }
}

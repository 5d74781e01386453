package uz.ksb.pos.platform.production;

import java.util.List;
import org.eclipse.microprofile.config.Config;

/** A service's own check of its configuration in production: a CDI bean. */
public interface ProductionReadinessCheck {
    /** The unsafe settings, one sentence each, without the secret itself; empty when all is well. */
    List<String> unsafe(Config config);
}

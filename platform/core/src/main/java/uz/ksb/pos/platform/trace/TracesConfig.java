package uz.ksb.pos.platform.trace;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The one setting of traces: {@code pos.traces.endpoint}, an OTLP collector over HTTP such as {@code http://collector:4318}. Absent:
 * no traces.
 */
public class TracesConfig implements ConfigSourceFactory {
    /** Above the defaults of the platform, below the environment. */
    private static final int ORDINAL = 260;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue endpoint = context.getValue("pos.traces.endpoint");
        return endpoint == null
                        || endpoint.getValue() == null
                        || endpoint.getValue().isBlank()
                ? List.of()
                : List.of(new PropertiesConfigSource(
                        Map.of(
                                "quarkus.otel.sdk.disabled",
                                "false",
                                "mp.messaging.connector.smallrye-kafka.tracing-enabled",
                                "true",
                                "quarkus.otel.exporter.otlp.endpoint",
                                endpoint.getValue()),
                        "pos.traces",
                        ORDINAL));
    }
}

package uz.ksb.pos.system;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one system of this run, started with the first and stopped after the last of them; with
 * {@code -Dpos.test.port-base=N} the one that {@code ./pos up --port-base N} runs in this checkout.
 */
final class SharedSystem implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedSystem.class);

    /** Started once; its data and logs stay under target/, to be looked at. */
    private record Started(RunningSystem system) implements AutoCloseable {

        static Started inTarget() {
            Integer running = Integer.getInteger("pos.test.port-base");
            if (running != null) {
                Path state = Path.of(System.getProperty("pos.root")).resolve(".pos");
                return new Started(RunningSystem.attachedTo(state, running));
            }
            try {
                Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
                return new Started(RunningSystem.start(Files.createTempDirectory(target, "state-")));
            } catch (Exception e) {
                throw new IllegalStateException("the system did not start", e);
            }
        }

        @Override
        public void close() throws Exception {
            system.stop();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningSystem.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Started.class, key -> Started.inTarget(), Started.class)
                .system();
    }
}

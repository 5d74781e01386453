package uz.ksb.pos.system;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Makes a Java process collect its garbage without a pause, as one does whose heap is full. */
final class GarbageCollecting implements AutoCloseable {
    private final JMXConnector connector;
    private final Thread thread;
    private volatile boolean ended;

    private GarbageCollecting(JMXConnector connector, MemoryMXBean memory) {
        this.connector = connector;
        this.thread = Thread.ofPlatform().daemon().start(() -> {
            while (!ended) {
                memory.gc();
            }
        });
    }

    static GarbageCollecting of(long pid) throws Exception {
        VirtualMachine process = VirtualMachine.attach(Long.toString(pid));
        try {
            JMXConnector connector =
                    JMXConnectorFactory.connect(new JMXServiceURL(process.startLocalManagementAgent()));
            return new GarbageCollecting(
                    connector,
                    ManagementFactory.newPlatformMXBeanProxy(
                            connector.getMBeanServerConnection(),
                            ManagementFactory.MEMORY_MXBEAN_NAME,
                            MemoryMXBean.class));
        } finally {
            process.detach();
        }
    }

    @Override
    public void close() throws InterruptedException, IOException {
        ended = true;
        thread.join();
        connector.close();
    }
}

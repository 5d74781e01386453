package uz.ksb.pos.benchmarks.gateway.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.benchmarks.gateway.event.Events;
import uz.ksb.pos.benchmarks.gateway.server.GatewayNode;

/**
 * Takes one byte a second of what it is told, until it is asked to take everything; then it must have had each event of its
 * two streams once, in order, and the newest value of its state. On a virtual thread of its own.
 */
public final class SlowClient implements Runnable, AutoCloseable {
    private static final int RECEIVE_BUFFER = 4 * 1024;

    private final GatewayNode gateway;
    private final CountDownLatch welcome;
    private final CountDownLatch hurry = new CountDownLatch(1);
    private final Sequence events = new Sequence();
    private final Sequence fillings = new Sequence();
    private volatile int lastRate = -1;
    private volatile String broken;
    private volatile Wire wire;

    /** @param welcome counted down when it gets all that is published from then on */
    public SlowClient(GatewayNode gateway, CountDownLatch welcome) {
        this.gateway = gateway;
        this.welcome = welcome;
    }

    @Override
    public void run() {
        try (Wire mine = Wire.open(gateway.port(), gateway.path(), RECEIVE_BUFFER)) {
            wire = mine;
            mine.say(gateway.auth());
            mine.say("{\"op\":\"subscribe\",\"channels\":[\"customers\",\"sync\",\"rates\"]}");
            while (!text(mine.next()).contains(gateway.welcome())) {
                // The welcome of the connection itself.
            }
            welcome.countDown();
            while (!hurry.await(1, TimeUnit.SECONDS)) {
                mine.takeByte();
            }
            mine.hurry();
            while (true) {
                hear(mine.next());
            }
        } catch (IOException e) {
            broken = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(byte[] message) {
        int number = Events.number(ByteBuffer.wrap(message), message.length);
        switch (Events.channel(message)) {
            case "customers" -> events.hear(number);
            case "sync" -> fillings.hear(number);
            case "rates" -> lastRate = number;
            default -> {}
        }
    }

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.UTF_8);
    }

    public void hurry() {
        hurry.countDown();
    }

    /** Whether it has had all, and everything as it should be. */
    public boolean isRight(int lastEvent, int lastFilling, int lastRateToHave) {
        return events.isWholeUpTo(lastEvent) && fillings.isWholeUpTo(lastFilling) && lastRate == lastRateToHave;
    }

    /** For people, of one that is not right. */
    public String state() {
        return "events %s, fillings %s, rate %d, connection %s"
                .formatted(events, fillings, lastRate, broken == null ? "open" : broken);
    }

    @Override
    public void close() {
        hurry.countDown();
        if (wire != null) {
            wire.close();
        }
    }

    /** Numbers that must come one after the other, whichever is the first. */
    private static final class Sequence {
        private volatile int last = -1;
        private volatile int wrong;

        @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread hears
        void hear(int number) {
            if (last >= 0 && number != last + 1) {
                wrong++;
            }
            last = number;
        }

        boolean isWholeUpTo(int end) {
            return last == end && wrong == 0;
        }

        @Override
        public String toString() {
            return "up to %d with %d wrong".formatted(last, wrong);
        }
    }
}

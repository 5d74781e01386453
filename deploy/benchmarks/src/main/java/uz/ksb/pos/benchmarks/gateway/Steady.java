package uz.ksb.pos.benchmarks.gateway;

import java.time.Duration;
import java.util.OptionalDouble;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.gateway.client.Crowd;
import uz.ksb.pos.benchmarks.gateway.client.Offer;
import uz.ksb.pos.benchmarks.gateway.server.Target;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Round;

/** Deliveries that a target makes of a second of processor time, at one speed. */
final class Steady implements Contender {
    private static final double MUST_ARRIVE = 0.995;

    private final Target target;
    private final Crowd crowd;
    private final double perSecond;
    private int nextNumber;

    Steady(Target target, Crowd crowd, double perSecond) {
        this.target = target;
        this.crowd = crowd;
        this.perSecond = perSecond;
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public Round run(Duration time) throws InterruptedException {
        Offer offer = Offer.make(target, crowd, nextNumber, perSecond, time);
        nextNumber = offer.nextNumber();
        if (offer.arrivedShare() < MUST_ARRIVE || offer.step().outOfOrder() > 0) {
            throw new BenchFailed("%s delivered %.2f %% with %d out of order: its processor time compares with nothing"
                    .formatted(
                            target.name(),
                            100 * offer.arrivedShare(),
                            offer.step().outOfOrder()));
        }
        return new Round(
                offer.step().arrived() / (offer.processor().toNanos() / 1e9),
                OptionalDouble.of(offer.generatorCores()));
    }
}

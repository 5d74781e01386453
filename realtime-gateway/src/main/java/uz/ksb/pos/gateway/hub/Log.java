package uz.ksb.pos.gateway.hub;

import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;
import uz.ksb.pos.gateway.rings.History;
import uz.ksb.pos.gateway.rings.LogBounds;
import uz.ksb.pos.gateway.rings.Rings;

/**
 * The log as the hub sees it: rings, bounds, history.
 *
 * @param behind for how long the rings of a partition have been behind Kafka; empty: they are not
 * @param mostReplayed events of a partition that are read again for one client
 */
public record Log(
        Rings rings, LogBounds bounds, History history, IntFunction<Optional<Duration>> behind, long mostReplayed) {}

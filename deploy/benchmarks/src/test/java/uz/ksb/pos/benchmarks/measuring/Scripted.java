package uz.ksb.pos.benchmarks.measuring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reaches a little more each time and notes what was asked of it. */
final class Scripted implements Contender {
    private final String name;
    private final List<String> notes;
    private int rounds;

    Scripted(String name) {
        this(name, new ArrayList<>());
    }

    Scripted(String name, List<String> notes) {
        this.name = name;
        this.notes = notes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Round run(Duration time) {
        notes.add(name + " " + time.toSeconds());
        return Round.of(++rounds);
    }
}

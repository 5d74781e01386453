package uz.ksb.pos.benchmarks.measuring;

import io.vertx.core.json.JsonObject;

/** The finding about one promise. */
public interface Measured {
    /** One line for people. */
    String line();

    boolean passed();

    JsonObject json();
}

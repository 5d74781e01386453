package uz.ksb.pos.benchmarks.measuring;

import io.vertx.core.json.JsonObject;

/** What was found about one promise. */
public interface Measured {
    /** One line for people. */
    String line();

    boolean passed();

    JsonObject json();
}

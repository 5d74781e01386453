package uz.ksb.pos.platform.problem;

import java.util.Optional;

/** Translates a library's failures into answers: a CDI bean of the module that uses the library. */
public interface FailureTranslation {
    /** The answer to a failure; empty when the failure is not of this library. */
    Optional<Problem> problem(Throwable failure);
}

package uz.ksb.pos.platform.problem;

import java.util.Optional;

/** How a library's failures are told to the caller: a CDI bean of the module that uses the library. */
public interface FailureTranslation {
    /** The answer to a failure that nobody else expects; empty when it is not of this library. */
    Optional<Problem> problem(Throwable failure);
}

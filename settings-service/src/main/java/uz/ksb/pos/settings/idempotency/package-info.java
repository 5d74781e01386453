/**
 * Requests that may be repeated because their answer was lost: under the same {@code Idempotency-Key} the second one gets the
 * answer of the first, for 24 hours; another request under it is refused.
 *
 * <p>Invariants: key and effect are one transaction; of many at once, one has the effect and the others its answer; what is
 * stored tells neither the key, nor the request, nor the answer, which may hold a secret. On the event loop.
 */
package uz.ksb.pos.settings.idempotency;

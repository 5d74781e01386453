/**
 * Stores the rows of products, reference data and rates that sync-service read from the back office ({@code
 * pos.product-updates.v1}). The platform's {@code syncpart} receives the messages, counts the rows and answers.
 *
 * <p>Threads: event loops only, one message at a time. Must not know where the back office's rows come from.
 */
@CheckReturnValue
package uz.ksb.pos.product.sync;

import com.google.errorprone.annotations.CheckReturnValue;

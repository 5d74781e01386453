/**
 * The codes that readers read: what a code may stand for in a catalogue, and how much of it a label of the scales or a GS1 code
 * tells. The patterns of such labels are the enterprise's, as {@code enterprise.changed} told them last.
 *
 * <p>The reading itself is pure, and the till's is held to the same golden vectors ({@code code-vectors.json}). Threads: event loops
 * only. Must not know products.
 */
@CheckReturnValue
package uz.ksb.pos.product.code;

import com.google.errorprone.annotations.CheckReturnValue;

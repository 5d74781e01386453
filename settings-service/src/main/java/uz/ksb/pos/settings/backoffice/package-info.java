/**
 * The part of an enterprise's ERP that logging in needs, in our words: whose password is right there, and that one was changed.
 *
 * <p>Invariants: address and credentials come from configuration only; no password is logged or kept; an ERP that would take
 * any password is not believed. On the caller's event loop. Must not know how a login goes on.
 */
@CheckReturnValue
package uz.ksb.pos.settings.backoffice;

import com.google.errorprone.annotations.CheckReturnValue;

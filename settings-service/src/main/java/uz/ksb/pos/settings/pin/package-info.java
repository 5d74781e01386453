/**
 * PINs of users: a manager approves at a cashier's till what the cashier may not do, and cashiers take turns at a till. A PIN
 * is a short secret of its own, never the password; it counts only at a till of the enterprise that is approved. Each try is
 * counted before it is decided. Hashing runs on the threads of {@code password}, all else on the event loop.
 */
package uz.ksb.pos.settings.pin;

/**
 * A shop's enterprise: its name, its rules of time and money, how its tills are admitted.
 *
 * <p>Invariants: a KSB-ID is eight digits; device codes are given once each, under the enterprise's lock; every change takes
 * a new version and tells it. On the event loop. Must not know devices, users or tokens.
 */
package uz.ksb.pos.settings.enterprise;

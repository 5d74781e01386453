/**
 * The faults that a test orders: which method misbehaves, how and how often, and how often it did.
 *
 * <p>Draws are seeded, so the same requests in the same order meet the same faults. Faults are not kept over a restart.
 * Any thread may ask; the package knows neither HTTP nor what the methods do.
 */
package uz.ksb.pos.simulator.fault;

/**
 * The inspection API for tests and people: {@code /_sim/…}. Faults never strike here.
 *
 * <p>Not part of any contract of the real back office or CRM; open to whoever reaches the port.
 */
package uz.ksb.pos.simulator.inspection;

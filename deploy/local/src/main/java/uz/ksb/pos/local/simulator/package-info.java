/**
 * {@code ./pos simulator}: the back office and the CRM alone, for those who build against them. Knows the simulator only by its
 * settings.
 */
package uz.ksb.pos.local.simulator;

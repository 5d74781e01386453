/**
 * Plays a back office and a CRM in one small process, for development and tests.
 *
 * <p>{@code shop} is what an enterprise has at first, {@code state} what happened since and is never forgotten,
 * {@code erp} and {@code crm} speak the two contracts, {@code fault} spoils them on order, {@code inspection} shows and
 * orders, {@code http} answers. Nothing here knows a service of the system.
 */
package uz.ksb.pos.simulator;

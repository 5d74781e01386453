/**
 * The CRM: receives the signed request after a completed sync, and tells an enterprise's licence.
 *
 * <p>Keeps each request, the refused and repeated ones too, in the state. Knows nothing of the back office.
 */
package uz.ksb.pos.simulator.crm;

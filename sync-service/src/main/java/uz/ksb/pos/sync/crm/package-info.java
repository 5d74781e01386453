/**
 * Tells the CRM of each completed sync: one signed request, repeated with the same id until it is received.
 *
 * <p>Invariants: one logical request per {@code sync.completed} event; times go by the database's clock; several replicas
 * never send the same request at the same moment. Must not know how a run works.
 */
@CheckReturnValue
package uz.ksb.pos.sync.crm;

import com.google.errorprone.annotations.CheckReturnValue;

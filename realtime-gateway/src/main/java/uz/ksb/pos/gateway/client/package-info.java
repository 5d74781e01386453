/**
 * Serving the POS client (built from {@code src/main/webui}): how browsers may keep its files and what its pages may do.
 *
 * <p>Invariants: what has a hash in its name is kept for ever, everything else is asked for anew at each start, so a new
 * version is never mixed with an old one; the pages run no script, style or connection but this origin's own. Runs on
 * event loops. It knows nothing of the live connections beside it.
 */
package uz.ksb.pos.gateway.client;

/**
 * Machines such as the back office: they get tokens by the client credentials grant of OAuth 2.0 (RFC 6749, 4.4).
 *
 * <p>One of our own services, {@code service:<name>}, gets a token of the role SERVICE for the enterprise that its form names in
 * {@code ksb_id}.
 *
 * <p>Invariants: a client belongs to one enterprise and has the role BACK_OFFICE; its secret is shown once and kept as a hash.
 * On the event loop, hashes elsewhere.
 */
package uz.ksb.pos.settings.client;

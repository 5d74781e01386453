/**
 * Plays the ERP that acts by itself: it gets a token with its client's credentials and sends products and rates as soon as they change.
 *
 * <p>Blocks, on the request's own thread. Knows only the public API of the system, none of its services.
 */
package uz.ksb.pos.simulator.push;

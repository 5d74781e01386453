/**
 * The caller: read from the verified token only, never from a parameter, so that no request can reach another enterprise.
 */
package uz.ksb.pos.platform.caller;

/**
 * Limits on how often an address may ask, for paths without a token. In memory of each replica: coarse protection, not a
 * promise. Off for loopback on a developer's machine.
 */
package uz.ksb.pos.settings.ratelimit;

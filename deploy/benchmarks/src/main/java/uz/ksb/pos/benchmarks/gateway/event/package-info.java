/** Numbered events, and what one client has heard of them. */
package uz.ksb.pos.benchmarks.gateway.event;

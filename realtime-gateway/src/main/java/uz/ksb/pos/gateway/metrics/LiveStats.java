package uz.ksb.pos.gateway.metrics;

/**
 * One enterprise on this node.
 *
 * @param connections clients that are let in
 * @param events how many are kept for resuming
 * @param bytes their size
 */
public record LiveStats(int connections, long events, long bytes) {}

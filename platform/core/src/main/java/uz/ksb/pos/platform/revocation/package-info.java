/**
 * Sessions end with their till and user: an access token that was issued before its till was blocked, or its user disabled, is
 * refused over HTTP by every service, long before its own end.
 *
 * <p>Each process reads {@code pos.settings.v1} by itself, the last 20 minutes at its start, on a thread of its own; what it knows
 * is in memory. While Kafka is away the tokens' own end stands.
 */
package uz.ksb.pos.platform.revocation;

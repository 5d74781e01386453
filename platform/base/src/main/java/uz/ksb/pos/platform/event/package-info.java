/**
 * The form of events: the topics, the CloudEvents envelope, identifiers. Knows nothing of how they are stored or sent.
 */
package uz.ksb.pos.platform.event;

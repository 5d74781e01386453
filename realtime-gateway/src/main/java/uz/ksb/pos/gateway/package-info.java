/**
 * The realtime gateway: from Kafka to every till. {@code rings} (what there is to send), {@code hub} (what is sent to whom),
 * {@code connection} (how it is written), {@code protocol} (what is said), {@code stats}.
 */
package uz.ksb.pos.gateway;

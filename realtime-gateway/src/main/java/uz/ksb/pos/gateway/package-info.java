/**
 * The realtime gateway: from Kafka to every till. {@code log} reads Kafka, {@code rings} keeps the last events ready,
 * {@code hub} decides which client gets which event, {@code connection} writes it to WebSockets, {@code tillsocket} to clients of
 * {@code socketio}. {@code protocol} has the messages and
 * positions, {@code snapshot} the values that state channels begin with, {@code token} and {@code quota} who may connect
 * and how much, {@code client} the POS client's pages, {@code metrics} and {@code stats} the figures.
 */
package uz.ksb.pos.gateway;

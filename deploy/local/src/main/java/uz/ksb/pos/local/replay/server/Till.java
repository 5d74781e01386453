package uz.ksb.pos.local.replay.server;

import uz.ksb.pos.till.Session;

/**
 * A till of this run, at which both users are logged in.
 *
 * @param number from 1
 * @param cashier sells
 * @param manager takes goods back without a receipt, and sees the totals
 */
public record Till(int number, Session cashier, Session manager) {}

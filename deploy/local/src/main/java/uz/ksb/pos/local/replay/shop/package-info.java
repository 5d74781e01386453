/** The files of a shop that is replayed: products, customers, invoices and the totals they must give. Pure reading. */
package uz.ksb.pos.local.replay.shop;

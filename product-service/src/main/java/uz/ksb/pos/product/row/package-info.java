/**
 * Reading the rows of a source strictly: what is wrong is said with the field's name, never guessed around. Pure. Must not know
 * what the rows mean.
 */
package uz.ksb.pos.product.row;

/**
 * The command line of KSB POS on one machine; {@code ./pos} builds and calls it.
 *
 * <p>Sub-commands live in their own packages. Talks to the services over their public API only.
 */
package uz.ksb.pos.local;

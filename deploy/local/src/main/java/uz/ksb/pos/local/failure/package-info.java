/** How a command tells the user that it cannot go on. */
package uz.ksb.pos.local.failure;

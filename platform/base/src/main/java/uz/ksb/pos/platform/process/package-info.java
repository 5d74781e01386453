/** Ties processes of the local stack to the one that started them; unused in production. */
package uz.ksb.pos.platform.process;

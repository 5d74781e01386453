/** Ties a service of the local stack to the launcher that started it; unused in production. */
package uz.ksb.pos.platform.process;

/** Ends a service of the local stack together with its launcher; unused in production. */
package uz.ksb.pos.platform.lifecycle;

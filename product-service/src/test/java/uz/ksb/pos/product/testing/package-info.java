/** Fixtures of this service's tests. */
package uz.ksb.pos.product.testing;

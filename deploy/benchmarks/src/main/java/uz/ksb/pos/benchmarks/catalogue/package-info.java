/** Measures product-service: searches in a large catalogue, and loading one. */
package uz.ksb.pos.benchmarks.catalogue;

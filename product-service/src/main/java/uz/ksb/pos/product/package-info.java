/** The catalogue of each enterprise, its reference data and its currency rates. */
package uz.ksb.pos.product;

package uz.ksb.pos.product.reference;

import java.util.Set;

/** The ids that products of an enterprise may point to. */
public record KnownReferences(
        Set<String> units, Set<String> priceTypes, Set<String> warehouses, Set<String> currencies) {}

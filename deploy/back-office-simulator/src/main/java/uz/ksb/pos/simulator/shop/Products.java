package uz.ksb.pos.simulator.shop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** An unchanging list of products; each has its place, from 0. */
public interface Products {

    int size();

    Product at(int place);

    OptionalInt placeOf(String id);

    static Products of(List<Product> products) {
        Map<String, Integer> places = HashMap.newHashMap(products.size());
        products.forEach(product -> places.put(product.id(), places.size()));
        return new Products() {
            @Override
            public int size() {
                return products.size();
            }

            @Override
            public Product at(int place) {
                return products.get(place);
            }

            @Override
            public OptionalInt placeOf(String id) {
                Integer place = places.get(id);
                return place == null ? OptionalInt.empty() : OptionalInt.of(place);
            }
        };
    }
}

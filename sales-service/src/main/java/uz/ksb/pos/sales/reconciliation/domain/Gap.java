package uz.ksb.pos.sales.reconciliation.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Numbers of a till that no sale has, from {@code first} to {@code last}. */
public record Gap(String deviceId, long first, long last) {
    long count() {
        return last - first + 1;
    }

    /** The same without the numbers that the till keeps for its next sales. */
    List<Gap> without(List<Long> reserved) {
        List<Gap> left = new ArrayList<>();
        long from = first;
        for (long number : new TreeSet<>(reserved)) {
            if (number >= from && number <= last) {
                if (number > from) {
                    left.add(new Gap(deviceId, from, number - 1));
                }
                from = number + 1;
            }
        }
        if (from <= last) {
            left.add(new Gap(deviceId, from, last));
        }
        return left;
    }
}

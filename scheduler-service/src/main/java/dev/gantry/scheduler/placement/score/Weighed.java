package dev.gantry.scheduler.placement.score;

import java.util.List;
import java.util.SortedMap;

/** A resource and how much it counts. */
record Weighed(Stock stock, int weight) {
    /** With what is assumed for containers that ask for nothing. */
    static List<Weighed> listOf(SortedMap<String, Integer> weights) {
        return weights.entrySet().stream()
                .map(each -> new Weighed(Stock.assumed(each.getKey()), each.getValue()))
                .toList();
    }
}

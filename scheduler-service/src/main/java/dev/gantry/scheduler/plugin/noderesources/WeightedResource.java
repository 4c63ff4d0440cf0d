package dev.gantry.scheduler.plugin.noderesources;

import java.util.List;
import java.util.SortedMap;

/** A resource and how much it counts. */
record WeightedResource(ScoredResource stock, int weight) {
    /** With what is assumed for containers that ask for nothing. */
    static List<WeightedResource> listOf(SortedMap<String, Integer> weights) {
        return weights.entrySet().stream()
                .map(
                        each ->
                                new WeightedResource(
                                        ScoredResource.assumed(each.getKey()), each.getValue()))
                .toList();
    }
}

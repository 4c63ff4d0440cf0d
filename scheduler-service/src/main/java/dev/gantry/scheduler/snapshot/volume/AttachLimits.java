package dev.gantry.scheduler.snapshot.volume;

import dev.gantry.model.meta.Resource;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A CSINode: how many volumes of each driver the node can attach; a driver without limit is not
 * named.
 */
public record AttachLimits(SortedMap<String, Integer> byDriver) {
    public static AttachLimits of(Resource object) {
        SortedMap<String, Integer> limits = new TreeMap<>();
        for (JsonNode each : object.spec().path("drivers")) {
            JsonNode count = each.path("allocatable").path("count");
            if (count.isNumber()) {
                limits.put(Resource.text(each, "name"), count.asInt(0));
            }
        }
        return new AttachLimits(limits);
    }
}

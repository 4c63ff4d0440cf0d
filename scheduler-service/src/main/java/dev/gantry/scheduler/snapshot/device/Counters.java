package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Amounts that the partitions of one physical device share, or what one of them takes. */
public record Counters(String set, SortedMap<String, Quantity> amounts) {
    /**
     * @param name of the field that names the set
     */
    static List<Counters> listOf(JsonNode json, String name) {
        List<Counters> found = new ArrayList<>();
        for (JsonNode each : json) {
            SortedMap<String, Quantity> amounts = new TreeMap<>();
            each.path("counters")
                    .properties()
                    .forEach(
                            counter ->
                                    Capacity.quantity(counter.getValue().path("value"))
                                            .ifPresent(v -> amounts.put(counter.getKey(), v)));
            found.add(new Counters(Resource.text(each, name), amounts));
        }
        return List.copyOf(found);
    }
}

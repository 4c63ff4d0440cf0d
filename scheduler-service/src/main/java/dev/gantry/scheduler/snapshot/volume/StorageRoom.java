package dev.gantry.scheduler.snapshot.volume;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.model.selector.LabelSelector;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A CSIStorageCapacity: how large a volume of a class can still be made for some nodes.
 *
 * @param nodes whose room it is; empty where no node can reach it
 * @param largest empty where the driver does not say
 */
public record StorageRoom(
        String className, Optional<LabelSelector> nodes, Optional<Quantity> largest) {
    public static StorageRoom of(Resource object) {
        JsonNode tree = object.tree();
        JsonNode topology = tree.path("nodeTopology");
        return new StorageRoom(
                Resource.text(tree, "storageClassName"),
                topology.isObject() ? Optional.of(LabelSelector.of(topology)) : Optional.empty(),
                largest(tree));
    }

    public boolean holds(Quantity asked, Map<String, String> nodeLabels) {
        return largest.filter(each -> each.compareTo(asked) >= 0).isPresent()
                && nodes.filter(each -> each.selects(nodeLabels)).isPresent();
    }

    /** Compat: {@code capacitySufficient}: the maximum size says more than the total. */
    private static Optional<Quantity> largest(JsonNode tree) {
        String field = tree.hasNonNull("maximumVolumeSize") ? "maximumVolumeSize" : "capacity";
        return Quantity.parse(tree.path(field).asString(""));
    }
}

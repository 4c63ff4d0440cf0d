package dev.gantry.state.kind.core.claim;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.table.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What tables say of volumes and of claims alike. */
public final class StorageColumns {
    private static final List<String> MODES =
            List.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod");
    private static final Map<String, String> SHORT =
            new TreeMap<>(
                    Map.of(
                            "ReadWriteOnce", "RWO",
                            "ReadOnlyMany", "ROX",
                            "ReadWriteMany", "RWX",
                            "ReadWriteOncePod", "RWOP"));

    private StorageColumns() {}

    public static String phase(ObjectNode object) {
        return new Resource(object).isBeingDeleted()
                ? "Terminating"
                : Resource.text(object.path("status"), "phase");
    }

    /** Compat: the annotation of old counts before the field. */
    public static String storageClass(ObjectNode object) {
        String old =
                new Resource(object).annotations().get("volume.beta.kubernetes.io/storage-class");
        return old == null ? Resource.text(object.path("spec"), "storageClassName") : old;
    }

    public static String modes(JsonNode modes) {
        List<String> given = Texts.all(modes, "");
        List<String> shown = new ArrayList<>();
        for (String mode : MODES) {
            if (given.contains(mode)) {
                shown.add(SHORT.get(mode));
            }
        }
        return String.join(",", shown);
    }
}

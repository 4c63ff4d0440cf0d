package dev.gantry.state.kind.core.persistentvolume;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.kind.core.pod.NodeLabelWarnings;
import dev.gantry.state.kind.core.pod.VolumeWarnings;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What of a volume is on its way out. Compat: {@code pkg/api/persistentvolume/util.go}. */
final class PersistentVolumeWarnings {
    private PersistentVolumeWarnings() {}

    static List<String> of(ObjectNode volume) {
        List<String> found = new ArrayList<>();
        replaced(volume, "storage-class", "v1.8; use \"storageClassName\"", found);
        replaced(volume, "mount-options", "v1.31; use \"mountOptions\"", found);
        JsonNode spec = volume.path("spec");
        if (Resource.text(spec, "persistentVolumeReclaimPolicy").equals("Recycle")) {
            found.add(
                    "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated."
                            + " Instead, the recommended approach is to use dynamic provisioning.");
        }
        found.addAll(
                NodeLabelWarnings.ofSelector(
                        spec.path("nodeAffinity").path("required"), "spec.nodeAffinity.required"));
        found.addAll(VolumeWarnings.ofSource(spec, "spec"));
        return found;
    }

    /** An annotation that an attribute has taken the place of. */
    private static void replaced(ObjectNode volume, String name, String since, List<String> found) {
        String annotation = "volume.beta.kubernetes.io/" + name;
        if (volume.path("metadata").path("annotations").has(annotation)) {
            found.add(
                    "metadata.annotations[%s]: deprecated since %s attribute instead"
                            .formatted(annotation, since));
        }
    }
}

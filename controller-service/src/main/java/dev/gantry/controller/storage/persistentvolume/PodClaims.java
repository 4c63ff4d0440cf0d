package dev.gantry.controller.storage.persistentvolume;

import dev.gantry.model.meta.Resource;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The claims that a pod's volumes stand on. */
public final class PodClaims {
    private PodClaims() {}

    /** Names, also of the claims that are made for ephemeral volumes. */
    public static SortedSet<String> of(Resource pod) {
        SortedSet<String> names = new TreeSet<>();
        for (JsonNode volume : pod.spec().path("volumes")) {
            if (volume.path("persistentVolumeClaim").isObject()) {
                names.add(Resource.text(volume.path("persistentVolumeClaim"), "claimName"));
            } else if (volume.path("ephemeral").isObject()) {
                names.add(ephemeral(pod, volume));
            }
        }
        return names;
    }

    /** Compat: the name of the claim behind a generic ephemeral volume. */
    public static String ephemeral(Resource pod, JsonNode volume) {
        return pod.name() + "-" + Resource.text(volume, "name");
    }
}

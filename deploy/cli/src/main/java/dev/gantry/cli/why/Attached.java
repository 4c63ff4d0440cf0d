package dev.gantry.cli.why;

import dev.gantry.cli.world.World;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a pod refers to and that is not there. */
final class Attached {
    private Attached() {}

    static List<String> missing(World world, Resource pod) {
        List<String> missing = new ArrayList<>();
        for (JsonNode volume : pod.spec().path("volumes")) {
            String claim = Resource.text(volume.path("persistentVolumeClaim"), "claimName");
            var key =
                    new ObjectKey(
                            BuiltinKind.PERSISTENT_VOLUME_CLAIM.resource(), pod.namespace(), claim);
            if (!claim.isEmpty() && world.get(key).isEmpty()) {
                missing.add("there is no persistentvolumeclaim \"%s\"".formatted(claim));
            }
        }
        for (JsonNode reference : pod.spec().path("resourceClaims")) {
            String claim = Resource.text(reference, "resourceClaimName");
            var key = new ObjectKey(BuiltinKind.RESOURCE_CLAIM.resource(), pod.namespace(), claim);
            if (!claim.isEmpty() && world.get(key).isEmpty()) {
                missing.add("there is no resourceclaim \"%s\"".formatted(claim));
            }
        }
        return missing;
    }
}

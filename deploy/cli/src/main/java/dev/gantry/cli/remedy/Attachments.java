package dev.gantry.cli.remedy;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Remedies for rules about what is attached to a pod: volumes and devices. Which of them is to
 * blame is found by leaving out one after another.
 */
final class Attachments {
    private Attachments() {}

    static List<List<Remedy>> forRule(Case each, String rule) {
        List<Remedy> all = new ArrayList<>();
        for (JsonNode volume : each.pod().spec().path("volumes")) {
            String name = Resource.text(volume, "name");
            String claim = Resource.text(volume.path("persistentVolumeClaim"), "claimName");
            if (!claim.isEmpty()) {
                all.add(new PodRemedy.DropVolume(name, "claim " + claim));
            } else if (volume.has("ephemeral")) {
                all.add(new PodRemedy.DropVolume(name, "a claim of its own"));
            } else if (volume.has("csi")) {
                all.add(new PodRemedy.DropVolume(name, "inline"));
            }
        }
        for (JsonNode claim : each.pod().spec().path("resourceClaims")) {
            all.add(new PodRemedy.DropDevice(Resource.text(claim, "name")));
        }
        List<List<Remedy>> found = new ArrayList<>();
        for (Remedy one : all) {
            if (each.silences(rule, List.of(one))) {
                found.add(List.of(one));
            }
        }
        if (found.isEmpty() && all.size() > 1 && each.silences(rule, all)) {
            found.add(all);
        }
        return found;
    }
}

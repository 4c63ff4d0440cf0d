package dev.gantry.state.admission.podsecurity;

import static dev.gantry.model.meta.Resource.text;
import static dev.gantry.state.admission.podsecurity.PodParts.plural;
import static dev.gantry.state.admission.podsecurity.PodParts.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import tools.jackson.databind.JsonNode;

/** Which volumes a pod may mount. */
final class VolumeChecks {
    static final List<Check> ALL =
            List.of(
                    Check.baseline("hostPathVolumes", VolumeChecks::hostPaths),
                    Check.restricted("restrictedVolumes", VolumeChecks::others)
                            .overriding("hostPathVolumes"));

    private static final Set<String> HARMLESS =
            Set.of(
                    "configMap",
                    "csi",
                    "downwardAPI",
                    "emptyDir",
                    "ephemeral",
                    "image",
                    "persistentVolumeClaim",
                    "projected",
                    "secret");

    private VolumeChecks() {}

    private static Optional<Violation> hostPaths(PodParts pod) {
        List<String> names = new ArrayList<>();
        for (JsonNode each : pod.spec().path("volumes")) {
            if (each.has("hostPath")) {
                names.add(text(each, "name"));
            }
        }
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Violation(
                                "hostPath volumes",
                                plural("volume", names.size()) + " " + quoted(names)));
    }

    private static Optional<Violation> others(PodParts pod) {
        List<String> names = new ArrayList<>();
        SortedSet<String> types = PodParts.sorted();
        for (JsonNode volume : pod.spec().path("volumes")) {
            for (var each : volume.properties()) {
                String type = each.getKey();
                if (!type.equals("name") && !HARMLESS.contains(type)) {
                    names.add(text(volume, "name"));
                    types.add(type);
                }
            }
        }
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Violation(
                                "restricted volume types",
                                "%s %s %s %s %s"
                                        .formatted(
                                                plural("volume", names.size()),
                                                quoted(names),
                                                HostChecks.uses(names.size()),
                                                plural("restricted volume type", types.size()),
                                                quoted(types))));
    }
}

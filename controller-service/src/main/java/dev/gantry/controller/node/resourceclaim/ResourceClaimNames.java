package dev.gantry.controller.node.resourceclaim;

import dev.gantry.model.meta.Resource;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Which claim stands behind an entry of a pod's {@code spec.resourceClaims}. */
public final class ResourceClaimNames {
    /** Compat: on a claim, the entry of the pod that it was made for. */
    static final String ANNOTATION = "resource.kubernetes.io/pod-claim-name";

    /** Compat: leaves room for a hyphen and five random characters in a name of 63. */
    private static final int LONGEST = 57;

    private ResourceClaimNames() {}

    static boolean isFromTemplate(JsonNode entry) {
        return entry.path("resourceClaimTemplateName").isString();
    }

    /** What the pod's status says; empty where it says nothing about the entry. */
    static Optional<JsonNode> status(Resource pod, String entry) {
        for (JsonNode each : pod.status().path("resourceClaimStatuses")) {
            if (Resource.text(each, "name").equals(entry)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** The claims that the pod needs, as far as they have names yet. */
    static SortedSet<String> of(Resource pod) {
        SortedSet<String> names = new TreeSet<>();
        for (JsonNode entry : pod.spec().path("resourceClaims")) {
            String direct = Resource.text(entry, "resourceClaimName");
            String name =
                    direct.isEmpty()
                            ? status(pod, Resource.text(entry, "name"))
                                    .map(each -> Resource.text(each, "resourceClaimName"))
                                    .orElse("")
                            : direct;
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    /** Also that which the scheduler made for the pod's extended resources. */
    public static SortedSet<String> all(Resource pod) {
        SortedSet<String> names = of(pod);
        String made =
                Resource.text(
                        pod.status().path("extendedResourceClaimStatus"), "resourceClaimName");
        if (!made.isEmpty()) {
            names.add(made);
        }
        return names;
    }

    /** Both parts are cut in proportion, so that the end of the name still tells the entry. */
    static String prefix(String pod, String entry) {
        String whole = pod + "-" + entry;
        if (whole.length() <= LONGEST) {
            return whole + "-";
        }
        int ofPod = pod.length() * LONGEST / whole.length();
        int ofEntry = entry.length() * LONGEST / whole.length();
        return pod.substring(0, ofPod) + "-" + entry.substring(0, ofEntry) + "-";
    }
}

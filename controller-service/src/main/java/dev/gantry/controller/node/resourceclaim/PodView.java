package dev.gantry.controller.node.resourceclaim;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * All that a decision about the claims of one pod may see.
 *
 * @param owned claims that the pod owns
 * @param named claims that it names, by name
 * @param templates by name
 */
record PodView(
        Resource pod,
        List<Resource> owned,
        SortedMap<String, Resource> named,
        SortedMap<String, Resource> templates) {

    static PodView of(Resource pod, ClusterReader cluster) {
        SortedMap<String, Resource> named = new TreeMap<>();
        for (String name : ResourceClaimNames.of(pod)) {
            cluster.get(new ObjectKey(ResourceClaimController.CLAIMS, pod.namespace(), name))
                    .ifPresent(claim -> named.put(name, claim));
        }
        SortedMap<String, Resource> templates = new TreeMap<>();
        for (JsonNode entry : pod.spec().path("resourceClaims")) {
            String name = Resource.text(entry, "resourceClaimTemplateName");
            cluster.get(new ObjectKey(ResourceClaimController.TEMPLATES, pod.namespace(), name))
                    .ifPresent(template -> templates.put(name, template));
        }
        var owned = cluster.ownedBy(pod.uid(), ResourceClaimController.CLAIMS);
        return new PodView(pod, owned, named, templates);
    }
}

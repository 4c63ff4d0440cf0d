package dev.gantry.cli.plan;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the manifests bring that pods refer to and the API does not know yet. A pod that is tried
 * there must not refer to it, and gets back afterwards what it would have had from it.
 *
 * @param namespaces that do not exist yet
 * @param accounts service accounts, as {@code namespace/name}
 * @param classes priority classes by name
 */
public record Planned(Set<String> namespaces, Set<String> accounts, Map<String, Resource> classes) {
    public static Planned of(List<Resource> manifests, ClusterObjects cluster) {
        Set<String> namespaces = new TreeSet<>();
        Set<String> accounts = new TreeSet<>();
        Map<String, Resource> classes = new TreeMap<>();
        for (Resource each : manifests) {
            switch (each.kind()) {
                case "Namespace" -> namespaces.add(each.name());
                case "ServiceAccount" -> accounts.add(each.namespace() + "/" + each.name());
                case "PriorityClass" -> classes.put(each.name(), each);
                default -> {}
            }
        }
        cluster.all(Kinds.NAMESPACE).forEach(each -> namespaces.remove(each.name()));
        return new Planned(namespaces, accounts, classes);
    }

    /** Whether the API can say nothing of it. */
    public boolean isInPlannedNamespace(Resource object) {
        return namespaces.contains(object.namespace());
    }

    /** The pod without what the API would miss. */
    public Resource hidden(Resource pod) {
        Resource copy = pod.copy();
        ObjectNode spec = Resource.child(copy.tree(), "spec");
        String account = Resource.text(spec, "serviceAccountName");
        if (accounts.contains(pod.namespace() + "/" + account)) {
            spec.remove("serviceAccountName");
            spec.remove("serviceAccount");
        }
        if (classes.containsKey(Resource.text(spec, "priorityClassName"))) {
            spec.remove("priorityClassName");
        }
        return copy;
    }

    /** What the API made of the pod, with what it would have had from the pod's class. */
    public Resource restored(Resource pod, Resource answer) {
        Resource named = classes.get(Resource.text(pod.spec(), "priorityClassName"));
        if (named == null) {
            return answer;
        }
        Resource copy = answer.copy();
        ObjectNode spec = Resource.child(copy.tree(), "spec");
        spec.put("priorityClassName", named.name());
        spec.put("priority", named.tree().path("value").asInt(0));
        String policy = Resource.text(named.tree(), "preemptionPolicy");
        spec.put("preemptionPolicy", policy.isEmpty() ? "PreemptLowerPriority" : policy);
        return copy;
    }
}

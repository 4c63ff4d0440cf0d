package dev.gantry.controller.workload.statefulset;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.controller.owner.Adoption;
import dev.gantry.controller.owner.Ownership;
import dev.gantry.controller.workload.history.History;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * All that a decision about one StatefulSet may see.
 *
 * @param pods its pods by their numbers
 * @param claims by name: those that its pods have, or would have
 * @param current the revision of its template
 * @param writes that make pods and revisions its own, or let them go
 */
record StatefulSetView(
        Resource set,
        Map<Integer, Resource> pods,
        Map<String, Resource> claims,
        History history,
        History.Current current,
        List<Action> writes,
        Optional<String> refusal) {
    static final String HASH = "controller.kubernetes.io/hash";

    static StatefulSetView of(Resource set, ClusterReader cluster) {
        LabelSelector selector = LabelSelector.of(set.spec().path("selector"));
        List<Resource> candidates = new ArrayList<>();
        for (Resource pod : cluster.ownedBy(set.uid(), Resources.PODS)) {
            if (Ownership.isControlledBy(pod, set.uid())) {
                candidates.add(pod);
            }
        }
        for (Resource pod : cluster.orphans(Resources.PODS, set.namespace())) {
            if (Identity.ordinal(set, pod.name()).isPresent()) {
                candidates.add(pod);
            }
        }
        Adoption adoption = Adoption.of(set, selector, Resources.PODS, candidates);
        Map<Integer, Resource> pods = new TreeMap<>();
        for (Resource pod : adoption.owned()) {
            OptionalInt ordinal = Identity.ordinal(set, pod.name());
            if (ordinal.isPresent()) {
                pods.put(ordinal.getAsInt(), pod);
            }
        }
        History history = History.of(set, cluster);
        List<Action> writes = new ArrayList<>(adoption.actions());
        writes.addAll(history.writes());
        return new StatefulSetView(
                set,
                pods,
                claims(set, pods, cluster),
                history,
                history.current(HASH, cluster::get),
                writes,
                cluster.lastRefusal(set.key(Resources.STATEFUL_SETS)));
    }

    private static Map<String, Resource> claims(
            Resource set, Map<Integer, Resource> pods, ClusterReader cluster) {
        var spec = new SetSpec(set);
        List<Integer> ordinals = new ArrayList<>(pods.keySet());
        for (int ordinal = spec.start(); ordinal < spec.end(); ordinal++) {
            if (!pods.containsKey(ordinal)) {
                ordinals.add(ordinal);
            }
        }
        Map<String, Resource> found = new TreeMap<>();
        for (int ordinal : ordinals) {
            for (String name : Claims.names(spec, ordinal)) {
                cluster.get(
                                new ObjectKey(
                                        Resources.PERSISTENT_VOLUME_CLAIMS, set.namespace(), name))
                        .ifPresent(claim -> found.put(name, claim));
            }
        }
        return found;
    }
}

package dev.gantry.scheduler.snapshot;

import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.NodeView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which pods take space on which node, and for which of them it is only kept. */
final class PlacedPods {
    private final Map<Uid, PlacedPod> all = new HashMap<>();
    private final Map<Uid, PlacedPod> nominated = new LinkedHashMap<>();
    private final Siblings siblings = new Siblings();

    /** The pod, which was nowhere, takes space on the row. */
    void add(PlacedPod pod, int row) {
        replace(pod);
        siblings.add(pod.pod().owner(), row);
    }

    /** The pod stays where it is. */
    void replace(PlacedPod pod) {
        all.put(pod.pod().uid(), pod);
        if (pod.isNominated()) {
            nominated.put(pod.pod().uid(), pod);
        } else {
            nominated.remove(pod.pod().uid());
        }
    }

    /** The pod leaves the row, where it was. */
    void remove(PlacedPod pod, int row) {
        all.remove(pod.pod().uid());
        nominated.remove(pod.pod().uid());
        siblings.remove(pod.pod().owner(), row);
    }

    @Nullable PlacedPod find(Uid uid) {
        return all.get(uid);
    }

    List<PlacedPod> on(NodeView node) {
        List<PlacedPod> found = new ArrayList<>(node.residents().size());
        for (Uid uid : node.residents()) {
            found.add(Objects.requireNonNull(all.get(uid)));
        }
        return found;
    }

    Collection<PlacedPod> all() {
        return all.values();
    }

    /** In the order in which they were nominated. */
    Collection<PlacedPod> nominated() {
        return nominated.values();
    }

    boolean isNominated(Uid uid) {
        return nominated.containsKey(uid);
    }

    int soleRowOf(String owner) {
        return siblings.soleRowOf(owner);
    }
}

package dev.gantry.model.pod;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a pod runs, as its own labels tell it: what its node says of its zone and region.
 *
 * <p>Compat: {@code plugin/pkg/admission/podtopologylabels} (PodTopologyLabelsAdmission).
 */
public final class TopologyLabels {
    private static final List<String> KEYS =
            List.of("topology.kubernetes.io/region", "topology.kubernetes.io/zone");

    private TopologyLabels() {}

    /** Those of a node that are not among {@code own} already. */
    public static SortedMap<String, String> missing(
            Map<String, String> node, Map<String, String> own) {
        SortedMap<String, String> found = new TreeMap<>();
        for (String each : KEYS) {
            if (node.containsKey(each) && !own.containsKey(each)) {
                found.put(each, node.get(each));
            }
        }
        return found;
    }
}

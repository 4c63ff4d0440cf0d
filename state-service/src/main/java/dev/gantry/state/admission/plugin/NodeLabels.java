package dev.gantry.state.admission.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Which labels a node may set on itself: under the domains of Kubernetes only those it must know
 * itself, so that a stolen node cannot attract the pods meant for others.
 *
 * <p>Compat: {@code kubeletapis.IsKubeletLabel} and {@code noderestriction}.
 */
final class NodeLabels {
    private static final Set<String> OWN =
            Set.of(
                    "kubernetes.io/hostname",
                    "kubernetes.io/arch",
                    "kubernetes.io/os",
                    "node.kubernetes.io/instance-type",
                    "node.kubernetes.io/windows-build",
                    "topology.kubernetes.io/zone",
                    "topology.kubernetes.io/region",
                    "failure-domain.beta.kubernetes.io/zone",
                    "failure-domain.beta.kubernetes.io/region",
                    "beta.kubernetes.io/instance-type",
                    "beta.kubernetes.io/os",
                    "beta.kubernetes.io/arch");
    private static final List<String> OWN_DOMAINS =
            List.of("kubelet.kubernetes.io", "node.kubernetes.io");
    private static final List<String> DOMAINS = List.of("kubernetes.io", "k8s.io");

    private NodeLabels() {}

    static List<String> restrictedChanges(
            SortedMap<String, String> labels, SortedMap<String, String> before) {
        Set<String> keys = new TreeSet<>(labels.keySet());
        keys.addAll(before.keySet());
        List<String> changed = new ArrayList<>();
        for (String key : keys) {
            boolean isSame = Objects.equals(labels.get(key), before.get(key));
            if (!isSame && isRestricted(key)) {
                changed.add(key);
            }
        }
        return changed;
    }

    private static boolean isRestricted(String key) {
        int slash = key.indexOf('/');
        String domain = slash < 0 ? "" : key.substring(0, slash);
        if (isIn(domain, "node-restriction.kubernetes.io")) {
            return true;
        }
        boolean isReserved = DOMAINS.stream().anyMatch(each -> isIn(domain, each));
        boolean isOwn =
                OWN.contains(key) || OWN_DOMAINS.stream().anyMatch(each -> isIn(domain, each));
        return isReserved && !isOwn;
    }

    private static boolean isIn(String domain, String parent) {
        return domain.equals(parent) || domain.endsWith("." + parent);
    }
}

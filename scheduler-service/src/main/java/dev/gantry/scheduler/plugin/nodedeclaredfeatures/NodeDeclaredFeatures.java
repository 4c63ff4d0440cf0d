package dev.gantry.scheduler.plugin.nodedeclaredfeatures;

import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.List;

/**
 * The node says that it can do what the pod needs.
 *
 * <p>Compat: the plugin comes last upstream, after those about other pods and devices, so a node
 * that fails several may be counted for another one there.
 */
public final class NodeDeclaredFeatures implements Filter {
    @Override
    public String name() {
        return "NodeDeclaredFeatures";
    }

    @Override
    public boolean concerns(PodSignature pod) {
        return !pod.features().isEmpty();
    }

    @Override
    public Verdict judge(PodSignature pod, NodeView node) {
        List<String> missing =
                pod.features().stream()
                        .filter(each -> !node.facts().features().contains(each))
                        .toList();
        return missing.isEmpty()
                ? Verdict.FITS
                : Verdict.never(
                        "node declared features check failed - unsatisfied requirements: "
                                + String.join(", ", missing));
    }
}

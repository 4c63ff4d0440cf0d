package dev.gantry.cli.remedy;

import dev.gantry.cli.cluster.Rejection;
import java.util.List;

/** The remedies for one rejection: alternatives, each of which may take several changes. */
final class Remedies {
    private Remedies() {}

    /** Empty where nothing is known to help. */
    static List<List<Remedy>> of(Case each, Rejection rejection) {
        return switch (rejection.rule()) {
            case "NodeUnschedulable" -> List.of(List.of(new NodeRemedy.Uncordon(each.node())));
            case "TaintToleration" -> List.of(NodeMatch.forTaints(each));
            case "NodeAffinity" -> NodeMatch.forLabels(each);
            case "NodePorts" -> Room.forPorts(each);
            case "NodeResourcesFit" -> Room.forResources(each, rejection);
            case "PodTopologySpread" -> Neighbourhood.forSpread(each);
            case "InterPodAffinity" -> Neighbourhood.forAffinity(each);
            default -> Attachments.forRule(each, rejection.rule());
        };
    }
}

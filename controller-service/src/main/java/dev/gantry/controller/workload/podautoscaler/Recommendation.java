package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.model.condition.Conditions.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all metrics together ask for.
 *
 * <p>Compat: {@code computeReplicasForMetrics}: the highest proposal wins; where one is impossible,
 * the others may only scale up.
 *
 * @param replicas empty where nothing can be done
 * @param metric that asks for most
 * @param active the condition ScalingActive
 * @param error what is said of the metrics that cannot be had; empty where there are none
 */
record Recommendation(
        OptionalInt replicas,
        String metric,
        List<ObjectNode> statuses,
        Wanted active,
        List<Proposal.Impossible> problems,
        String error) {

    static Recommendation of(List<Proposal> proposals, int current) {
        List<ObjectNode> statuses = new ArrayList<>();
        List<Proposal.Impossible> problems = new ArrayList<>();
        int most = 0;
        String metric = "";
        for (Proposal each : proposals) {
            switch (each) {
                case Proposal.Replicas found -> {
                    statuses.add(found.status());
                    if (most == 0 || found.replicas() > most) {
                        most = found.replicas();
                        metric = found.metric();
                    }
                }
                case Proposal.Impossible impossible -> {
                    // Compat: a metric that is not known leaves an entry without anything.
                    statuses.add(JsonNodeFactory.instance.objectNode().put("type", ""));
                    problems.add(impossible);
                }
            }
        }
        boolean isImpossible =
                problems.size() == proposals.size() || (!problems.isEmpty() && most < current);
        return new Recommendation(
                isImpossible ? OptionalInt.empty() : OptionalInt.of(most),
                metric,
                statuses,
                isImpossible ? inactive(problems) : active(metric),
                problems,
                error(problems, proposals.size()));
    }

    private static Wanted inactive(List<Proposal.Impossible> problems) {
        return problems.isEmpty()
                ? new Wanted("ScalingActive", "False", "", "")
                : new Wanted(
                        "ScalingActive",
                        "False",
                        problems.getFirst().reason(),
                        "the HPA was unable to compute the replica count: "
                                + problems.getFirst().why());
    }

    private static Wanted active(String metric) {
        return new Wanted(
                "ScalingActive",
                "True",
                "ValidMetricFound",
                "the HPA was able to successfully calculate a replica count from " + metric);
    }

    private static String error(List<Proposal.Impossible> problems, int all) {
        return problems.isEmpty()
                ? ""
                : "invalid metrics (%d invalid out of %d), first error is: %s"
                        .formatted(problems.size(), all, problems.getFirst().error());
    }
}

package dev.gantry.scheduler.preemption;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A PodDisruptionBudget: how many of its pods may leave now.
 *
 * @param disrupted names of pods whose leaving is counted already
 */
public record Budget(
        String namespace,
        String name,
        LabelSelector selector,
        int disruptionsAllowed,
        SortedSet<String> disrupted) {
    public static Budget of(Resource budget) {
        SortedSet<String> disrupted = new TreeSet<>();
        JsonNode counted = budget.status().path("disruptedPods");
        counted.properties().forEach(each -> disrupted.add(each.getKey()));
        return new Budget(
                budget.namespace(),
                budget.name(),
                LabelSelector.of(budget.spec().path("selector")),
                budget.status().path("disruptionsAllowed").asInt(0),
                disrupted);
    }

    /**
     * Compat: a selector without requirements protects no pod from preemption, and no selector one
     * without labels.
     */
    boolean protects(PodInfo pod) {
        return namespace.equals(pod.key().namespace())
                && !selector.requirements().isEmpty()
                && !pod.labels().isEmpty()
                && selector.selects(pod.labels())
                && !disrupted.contains(pod.key().name());
    }
}

package dev.gantry.scheduler.plugin.podtopologyspread;

import dev.gantry.model.selector.LabelSelector;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodTerm;
import dev.gantry.scheduler.snapshot.pod.SpreadRule;
import dev.gantry.scheduler.snapshot.topology.Eligibility;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Spread rules for pods that have none of their own.
 *
 * <p>Compat: upstream takes the selectors of the Services, ReplicaSets and StatefulSets that select
 * the pod. Here, siblings are the pods with the same labels, but for those that name the single
 * replica: for the pods of one workload that is the same set, and no Service needs to be known.
 * Pods without a controller, and those of Jobs, get no default rules, as they mostly get none
 * upstream.
 *
 * @param isSystem whether nodes that lack one of the labels are scored by the others
 */
public record DefaultConstraints(List<Template> templates, boolean isSystem) {
    public static final DefaultConstraints NONE = new DefaultConstraints(List.of(), false);

    /** Compat: upstream's defaults, both ScheduleAnyway. */
    public static final DefaultConstraints SYSTEM =
            new DefaultConstraints(
                    List.of(
                            new Template("kubernetes.io/hostname", 3, false),
                            new Template("topology.kubernetes.io/zone", 5, false)),
                    true);

    private static final Set<String> REPLICA_LABELS =
            Set.of("statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index");
    private static final String JOB_LABEL = "batch.kubernetes.io/controller-uid";

    /** A rule that lacks only the pods that it counts. */
    public record Template(String topologyKey, int maxSkew, boolean isRequired) {}

    public DefaultConstraints {
        templates = List.copyOf(templates);
    }

    /** The pod's own rules, or the default ones. */
    public List<SpreadRule> rulesFor(PodInfo pod) {
        List<SpreadRule> own = pod.signature().relations().spread();
        return own.isEmpty() ? defaultsFor(pod) : own;
    }

    /** Which nodes count when pods are counted for one of these rules. */
    public Eligibility eligibility(SpreadRule rule, PodInfo pod) {
        boolean isAlone = !rule.isRequired() && !needsAllKeys(pod);
        List<SpreadRule> together = isAlone ? List.of(rule) : rulesFor(pod, rule.isRequired());
        return Eligibility.of(rule, together, pod.signature());
    }

    /** The pod's own rules, or the default ones, of this strictness. */
    List<SpreadRule> rulesFor(PodInfo pod, boolean isRequired) {
        return rulesFor(pod).stream().filter(rule -> rule.isRequired() == isRequired).toList();
    }

    boolean mayConcern(PodInfo pod, boolean isRequired) {
        List<SpreadRule> own = pod.signature().relations().spread();
        if (own.isEmpty()) {
            return isReplica(pod)
                    && templates.stream().anyMatch(each -> each.isRequired == isRequired);
        }
        for (SpreadRule each : own) {
            if (each.isRequired() == isRequired) {
                return true;
            }
        }
        return false;
    }

    /** Whether nodes without all of the rules' labels are left out of the scores. */
    boolean needsAllKeys(PodInfo pod) {
        return !isSystem || !pod.signature().relations().spread().isEmpty();
    }

    private boolean isReplica(PodInfo pod) {
        return !templates.isEmpty()
                && !pod.owner().isEmpty()
                && !pod.labels().isEmpty()
                && !pod.labels().containsKey(JOB_LABEL);
    }

    private List<SpreadRule> defaultsFor(PodInfo pod) {
        if (!isReplica(pod)) {
            return List.of();
        }
        SortedMap<String, String> labels = new TreeMap<>(pod.labels());
        labels.keySet().removeAll(REPLICA_LABELS);
        LabelSelector siblings = LabelSelector.exactly(labels);
        var namespace = new TreeSet<>(Set.of(pod.key().namespace()));
        return templates.stream()
                .map(
                        each ->
                                new SpreadRule(
                                        each.maxSkew,
                                        each.isRequired,
                                        1,
                                        true,
                                        false,
                                        new PodTerm(
                                                each.topologyKey,
                                                namespace,
                                                Optional.empty(),
                                                siblings)))
                .toList();
    }
}

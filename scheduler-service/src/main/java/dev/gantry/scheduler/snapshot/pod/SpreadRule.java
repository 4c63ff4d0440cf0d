package dev.gantry.scheduler.snapshot.pod;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import dev.gantry.model.selector.LabelSelector.Operator;
import dev.gantry.model.selector.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/**
 * A topology spread constraint.
 *
 * @param isRequired DoNotSchedule; else ScheduleAnyway, which only scores
 * @param pods which pods are counted, all in the pod's own namespace, as a term over its key
 */
public record SpreadRule(
        int maxSkew,
        boolean isRequired,
        int minDomains,
        boolean honorsAffinity,
        boolean honorsTaints,
        PodTerm pods) {
    public String topologyKey() {
        return pods.topologyKey();
    }

    static List<SpreadRule> listOf(
            JsonNode rules, String namespace, SortedMap<String, String> podLabels) {
        List<SpreadRule> found = new ArrayList<>();
        for (JsonNode each : rules) {
            PodTerm plain = PodTerm.of(each, namespace);
            LabelSelector selector = withKeys(plain.selector(), each, podLabels);
            found.add(
                    new SpreadRule(
                            each.path("maxSkew").asInt(1),
                            !Resource.text(each, "whenUnsatisfiable").equals("ScheduleAnyway"),
                            each.path("minDomains").asInt(1),
                            !Resource.text(each, "nodeAffinityPolicy").equals("Ignore"),
                            Resource.text(each, "nodeTaintsPolicy").equals("Honor"),
                            new PodTerm(
                                    plain.topologyKey(),
                                    plain.namespaces(),
                                    plain.namespaceSelector(),
                                    selector)));
        }
        return List.copyOf(found);
    }

    /**
     * matchLabelKeys: only pods that have the same values of these labels are counted.
     *
     * <p>Compat: {@code countPodsMatchSelector}: an empty selector counts no pod.
     */
    private static LabelSelector withKeys(
            LabelSelector selector, JsonNode rule, SortedMap<String, String> podLabels) {
        List<Requirement> all = new ArrayList<>(selector.requirements());
        PodTerm.addKeys(rule.path("matchLabelKeys"), Operator.IN, podLabels, all);
        return all.isEmpty() ? PodTerm.NOTHING : new LabelSelector(all);
    }
}

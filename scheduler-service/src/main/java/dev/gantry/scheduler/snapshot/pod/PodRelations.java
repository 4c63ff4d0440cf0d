package dev.gantry.scheduler.snapshot.pod;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/**
 * What a pod asks of its neighbours.
 *
 * @param affinity pods that must be there already, all terms of them
 * @param antiAffinity pods that must not be there
 * @param preferred pods that it would rather have near, or (negative weight) not
 */
public record PodRelations(
        List<PodTerm> affinity,
        List<PodTerm> antiAffinity,
        List<PreferredTerm> preferred,
        List<SpreadRule> spread) {
    public static final PodRelations NONE =
            new PodRelations(List.of(), List.of(), List.of(), List.of());

    /** A term worth {@code weight} for each pod that it matches. */
    public record PreferredTerm(int weight, PodTerm term) {}

    public boolean isNone() {
        return affinity.isEmpty()
                && antiAffinity.isEmpty()
                && preferred.isEmpty()
                && spread.isEmpty();
    }

    static PodRelations of(JsonNode spec, String namespace, SortedMap<String, String> labels) {
        JsonNode all = spec.path("affinity");
        JsonNode together = all.path("podAffinity");
        JsonNode separate = all.path("podAntiAffinity");
        List<PreferredTerm> preferred = new ArrayList<>();
        addPreferred(together, 1, namespace, labels, preferred);
        addPreferred(separate, -1, namespace, labels, preferred);
        String required = "requiredDuringSchedulingIgnoredDuringExecution";
        var found =
                new PodRelations(
                        PodTerm.listOf(together.path(required), namespace, labels),
                        PodTerm.listOf(separate.path(required), namespace, labels),
                        List.copyOf(preferred),
                        SpreadRule.listOf(
                                spec.path("topologySpreadConstraints"), namespace, labels));
        return found.isNone() ? NONE : found;
    }

    private static void addPreferred(
            JsonNode affinity,
            int sign,
            String namespace,
            SortedMap<String, String> labels,
            List<PreferredTerm> preferred) {
        for (JsonNode each : affinity.path("preferredDuringSchedulingIgnoredDuringExecution")) {
            preferred.add(
                    new PreferredTerm(
                            sign * each.path("weight").asInt(0),
                            PodTerm.of(each.path("podAffinityTerm"), namespace, labels)));
        }
    }
}

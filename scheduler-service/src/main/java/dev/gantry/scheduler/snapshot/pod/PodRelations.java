package dev.gantry.scheduler.snapshot.pod;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/**
 * What a pod asks of its neighbours.
 *
 * @param near pods that must be there already, all terms of them
 * @param apart pods that must not be there
 * @param liked pods that it would rather have near, or (negative weight) not
 */
public record PodRelations(
        List<PodTerm> near, List<PodTerm> apart, List<Liking> liked, List<SpreadRule> spread) {
    public static final PodRelations NONE =
            new PodRelations(List.of(), List.of(), List.of(), List.of());

    /** A term worth {@code weight} for each pod that it speaks of. */
    public record Liking(int weight, PodTerm term) {}

    public boolean isNone() {
        return near.isEmpty() && apart.isEmpty() && liked.isEmpty() && spread.isEmpty();
    }

    static PodRelations of(JsonNode spec, String namespace, SortedMap<String, String> labels) {
        JsonNode affinity = spec.path("affinity");
        JsonNode together = affinity.path("podAffinity");
        JsonNode separate = affinity.path("podAntiAffinity");
        List<Liking> liked = new ArrayList<>();
        addLikings(together, 1, namespace, labels, liked);
        addLikings(separate, -1, namespace, labels, liked);
        String required = "requiredDuringSchedulingIgnoredDuringExecution";
        var found =
                new PodRelations(
                        PodTerm.listOf(together.path(required), namespace, labels),
                        PodTerm.listOf(separate.path(required), namespace, labels),
                        List.copyOf(liked),
                        SpreadRule.listOf(
                                spec.path("topologySpreadConstraints"), namespace, labels));
        return found.isNone() ? NONE : found;
    }

    private static void addLikings(
            JsonNode affinity,
            int sign,
            String namespace,
            SortedMap<String, String> labels,
            List<Liking> liked) {
        for (JsonNode each : affinity.path("preferredDuringSchedulingIgnoredDuringExecution")) {
            liked.add(
                    new Liking(
                            sign * each.path("weight").asInt(0),
                            PodTerm.of(each.path("podAffinityTerm"), namespace, labels)));
        }
    }
}

package dev.gantry.state.ingest;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.Gang;
import dev.gantry.model.pod.PodGroup;
import dev.gantry.state.log.StoredObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Of the gangs that a draft places pods of, whether each has all its nodes then.
 *
 * <p>Invariant: no pod of a gang is bound unless as many of its gang are bound as make it whole.
 * The scheduler means to do so; but its view may be old, or that of two schedulers.
 *
 * <p>Cost: nobody counts the pods of a gang. The binding says which ones had their node before, and
 * just these are looked at.
 */
final class WholeGangs {
    private final Draft draft;
    private final Map<String, Gang> touched = new LinkedHashMap<>();

    WholeGangs(Draft draft) {
        this.draft = draft;
    }

    /** A pod that this draft gives its node; where pods differ, the largest size counts. */
    void placed(Resource pod) {
        Gang gang = sized(Gang.of(pod));
        if (!gang.isNone()) {
            touched.merge(
                    gang.name(), gang, (one, other) -> one.size() < other.size() ? other : one);
        }
    }

    /** As its PodGroup has it; a gang of no size where that is gone, which one pod makes whole. */
    private Gang sized(Gang gang) {
        return !gang.isForPodGroupToSay()
                ? gang
                : draft.get(Resources.POD_GROUPS, gang.namespace(), gang.name())
                        .map(StoredObject::decode)
                        .map(PodGroup::of)
                        .map(Gang::of)
                        .orElse(gang);
    }

    /**
     * Returns why not; empty where all are whole.
     *
     * @param binding speaks of all pods to be counted
     */
    Optional<String> refusal(Binding binding) {
        for (Gang each : touched.values()) {
            long count =
                    Stream.concat(
                                    binding.all().stream().map(Binding::pod),
                                    binding.party().settled().stream())
                            .distinct()
                            .filter(pod -> hasNode(pod, each))
                            .count();
            if (count < each.size()) {
                return Optional.of(
                        "pod group \"%s\" would have a node for only %d of its %d pods"
                                .formatted(each.name(), count, each.size()));
            }
        }
        return Optional.empty();
    }

    private boolean hasNode(Binding.Pod named, Gang gang) {
        return draft.pod(named.namespace(), named.name())
                .map(StoredObject::decode)
                .filter(pod -> pod.uid().equals(named.uid()))
                .filter(pod -> !Resource.text(pod.spec(), "nodeName").isEmpty())
                .map(Gang::of)
                .filter(its -> its.namespace().equals(gang.namespace()))
                .filter(its -> its.name().equals(gang.name()))
                .isPresent();
    }
}

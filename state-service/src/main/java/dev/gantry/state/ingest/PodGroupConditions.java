package dev.gantry.state.ingest;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.condition.Conditions.Wanted;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.PodGroup;
import dev.gantry.state.log.StoredObject;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;

/**
 * What a PodGroup says of whether its pods were placed, in the same change as the pods.
 *
 * <p>Compat: kube-scheduler's {@code updatePodGroupCondition}: once it was placed it never says
 * otherwise, whatever becomes of its pods. Groups count no generations, so none is observed.
 */
final class PodGroupConditions {
    private static final String SCHEDULED = "PodGroupScheduled";

    private PodGroupConditions() {}

    /** A pod of the group gets its node, and with it as many as the group needs. */
    static void scheduled(Resource pod, Draft draft) {
        set(pod, new Wanted(SCHEDULED, "True", "Scheduled", ""), draft);
    }

    /**
     * A pod of the group was tried, and gets no node for now. One that only waits for others of its
     * gang to be made was not tried, which its missing explanation tells.
     */
    static void unscheduled(Binding binding, Resource pod, Draft draft) {
        if (!binding.explanation().isEmpty()) {
            String reason = binding.reason().isEmpty() ? "Unschedulable" : binding.reason();
            set(pod, new Wanted(SCHEDULED, "False", reason, binding.message()), draft);
        }
    }

    private static void set(Resource pod, Wanted wanted, Draft draft) {
        String name = PodGroup.nameIn(pod);
        if (name.isEmpty()) {
            return;
        }
        Optional<StoredObject> stored = draft.get(Resources.POD_GROUPS, pod.namespace(), name);
        if (stored.isEmpty()) {
            return;
        }
        Resource group = stored.get().decode();
        ArrayNode conditions = Resource.array(Resource.child(group.tree(), "status"), "conditions");
        if (!Conditions.isTrue(conditions, SCHEDULED)
                && Conditions.set(conditions, wanted, draft.now())) {
            draft.putStatus(stored.get(), group);
        }
    }
}

package dev.gantry.state.ingest;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.condition.Conditions.Wanted;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks what the scheduler decided over its snapshot against the state as it is: the commit has
 * the last word.
 */
public final class BindingDecider {
    static final String SCHEDULER = "default-scheduler";
    private static final String SCHEDULED = "PodScheduled";

    private BindingDecider() {}

    /**
     * @param node the one that the binding names, where there is one
     */
    public static Verdict decide(
            Binding binding, Optional<StoredObject> pod, Optional<StoredObject> node, Instant now) {
        Optional<Resource> current =
                pod.map(StoredObject::decode).filter(each -> each.uid().equals(binding.uid()));
        if (current.isEmpty()) {
            return new Verdict.Reject("the pod is no more");
        }
        String bound = Resource.text(current.get().spec(), "nodeName");
        if (!bound.isEmpty()) {
            return bound.equals(binding.node()) || !binding.isPlaced()
                    ? new Verdict.Drop("the pod is bound to " + bound)
                    : new Verdict.Reject("the pod is already bound to " + bound);
        }
        if (current.get().isBeingDeleted()) {
            return new Verdict.Reject("the pod is being deleted");
        }
        if (!binding.isPlaced()) {
            return unschedulable(binding, pod.orElseThrow(), current.get(), now);
        }
        return node.isEmpty()
                ? new Verdict.Reject("there is no node " + binding.node())
                : place(binding, pod.orElseThrow(), current.get(), now);
    }

    private static Verdict place(Binding binding, StoredObject stored, Resource pod, Instant now) {
        Resource.child(pod.tree(), "spec").put("nodeName", binding.node());
        KeptExplanation.put(binding, pod);
        Conditions.set(conditions(pod), new Wanted(SCHEDULED, "True", "", ""), now);
        ObjectNode condition =
                (ObjectNode) Conditions.find(conditions(pod), SCHEDULED).orElseThrow();
        condition.remove(List.of("reason", "message"));
        String message =
                "Successfully assigned %s/%s to %s"
                        .formatted(binding.namespace(), binding.name(), binding.node());
        var event = new EventNote("Normal", "Scheduled", message);
        return commit(stored, pod, event, now);
    }

    private static Verdict unschedulable(
            Binding binding, StoredObject stored, Resource pod, Instant now) {
        var wanted = new Wanted(SCHEDULED, "False", binding.reason(), binding.message());
        if (!Conditions.set(conditions(pod), wanted, now)) {
            return new Verdict.Drop("the pod says so already");
        }
        KeptExplanation.put(binding, pod);
        var event = new EventNote("Warning", "FailedScheduling", binding.message());
        return commit(stored, pod, event, now);
    }

    private static Verdict commit(StoredObject stored, Resource pod, EventNote note, Instant now) {
        var put =
                new Change(
                        stored.key(),
                        stored.revision(),
                        Optional.of(pod),
                        "system:kube-scheduler",
                        now);
        return new Verdict.Commit(List.of(put, note.about(stored, pod, now)), 0);
    }

    private static ArrayNode conditions(Resource pod) {
        ObjectNode status = Resource.child(pod.tree(), "status");
        return status.get("conditions") instanceof ArrayNode found
                ? found
                : status.putArray("conditions");
    }
}

package dev.gantry.state.ingest;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.condition.Conditions.Wanted;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.log.StoredObject;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Victims of preemption make way: marked with why, deleted gracefully, and told of by an Event.
 *
 * <p>Compat: {@code Evaluator.PreemptPod} of the scheduler framework, and the pod strategy's
 * graceful deletion.
 */
final class Eviction {
    private static final String REASON = "PreemptionByScheduler";

    private final Draft draft;
    private final Resource preemptor;
    private final String node;
    private boolean isOver = true;

    /**
     * @param node where the victims stand
     */
    Eviction(Draft draft, Resource preemptor, String node) {
        this.draft = draft;
        this.preemptor = preemptor;
        this.node = node;
    }

    /** Returns why this pod must not make way; empty where it does, or has done so already. */
    Optional<String> evict(Binding.Pod victim) {
        Optional<StoredObject> stored =
                draft.pod(victim.namespace(), victim.name())
                        .filter(each -> each.uid().equals(victim.uid()));
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        Resource pod = stored.get().decode();
        String phase = Resource.text(pod.status(), "phase");
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            return Optional.empty();
        }
        if (!Resource.text(pod.spec(), "nodeName").equals(node)) {
            return Optional.of("victim %s is not on node %s".formatted(victim.name(), node));
        }
        if (priority(pod) >= priority(preemptor)) {
            return Optional.of("victim %s has no lower priority".formatted(victim.name()));
        }
        if (pod.isBeingDeleted()) {
            isOver = false;
        } else {
            delete(stored.get(), pod);
        }
        return Optional.empty();
    }

    /** Whether no victim takes space once this is committed: none had a grace to wait for. */
    boolean isOver() {
        return isOver;
    }

    private void delete(StoredObject stored, Resource pod) {
        String message = "Preempted by pod %s on node %s".formatted(preemptor.uid(), node);
        draft.note(stored, pod, new EventNote("Normal", "Preempted", "Preempting", message));
        long grace = pod.spec().path("terminationGracePeriodSeconds").asLong(30);
        if (grace == 0 && pod.finalizers().isEmpty()) {
            draft.remove(stored);
            return;
        }
        String scheduler = Resource.text(preemptor.spec(), "schedulerName");
        String why = "%s: preempting to accommodate a higher priority pod".formatted(scheduler);
        PodConditions.set(pod, new Wanted("DisruptionTarget", "True", REASON, why), draft.now());
        isOver = false;
        long seconds = grace < 0 ? 1 : grace;
        Instant end = draft.now().plusSeconds(seconds);
        ObjectNode metadata = pod.mutableMetadata();
        metadata.put("deletionTimestamp", Conditions.timestamp(end))
                .put("deletionGracePeriodSeconds", seconds);
        if (pod.generation() > 0) {
            metadata.put("generation", pod.generation() + 1);
        }
        draft.putStatus(stored, pod);
    }

    private static int priority(Resource pod) {
        return pod.spec().path("priority").asInt(0);
    }
}

package dev.gantry.state.ingest;

import dev.gantry.model.condition.Conditions.Wanted;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.TopologyLabels;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks what the scheduler decided over its snapshot against the state as it is: the commit has
 * the last word.
 *
 * <p>A gang is decided as one: all its pods are placed, or the binding is rejected; also where the
 * binding does not speak of all (see {@link WholeGangs}). Its PodGroup says so in the same change.
 * A pod that is to be placed where others must make way first is placed at once if they leave at
 * once; else its node is only nominated, and the scheduler places it when they have left.
 */
public final class BindingDecider {
    static final String SCHEDULER = "default-scheduler";
    private static final String SCHEDULED = "PodScheduled";

    private final Draft draft;
    private final WholeGangs gangs;

    /**
     * Others leave for one of the pods, so that the binding may turn into a nomination.
     *
     * <p>Invariant: such a binding is taken in once. When it comes again, its victims may have left
     * and the scheduler may have decided otherwise: it must not place the pods then. Hence it holds
     * for just the revisions that were looked at, and leaves no pod at its revision.
     */
    private final boolean makesWay;

    /** Some victim takes its time, so that its preemptor cannot be placed yet. */
    private boolean mustWait;

    private BindingDecider(Draft draft, boolean makesWay) {
        this.draft = draft;
        this.makesWay = makesWay;
        this.gangs = new WholeGangs(draft);
    }

    public static Verdict decide(
            Binding binding, Function<ObjectKey, Optional<StoredObject>> stored, Instant now) {
        Verdict verdict = decideNew(binding, stored, now);
        boolean isPartlyDone =
                verdict instanceof Verdict.Reject
                        && binding.all().stream()
                                .anyMatch(each -> isDone(each, new Draft(stored, now)));
        return isPartlyDone
                ? new Verdict.Drop("it was taken in before: pods or claims have what it says")
                : verdict;
    }

    /**
     * A pod that has its node by such a message shows that all of its gang got theirs. When the
     * message comes again and another pod has left since, it must not be refused: whoever hears of
     * that gives away the space of those that are still there; and so with devices, which claims
     * keep for a while when the pod has left. A pod that is still there would be bound by now, if
     * the message binds it.
     */
    private static boolean isDone(Binding one, Draft draft) {
        Optional<Resource> pod =
                draft.pod(one.namespace(), one.name())
                        .map(StoredObject::decode)
                        .filter(each -> each.uid().equals(one.uid()));
        boolean isBound =
                one.isPlaced()
                        && pod.map(each -> Resource.text(each.spec(), "nodeName"))
                                .filter(one.node()::equals)
                                .isPresent();
        return isBound
                || ((pod.isEmpty() || one.isPreparation()) && DeviceEffects.haveGiven(one, draft));
    }

    private static Verdict decideNew(
            Binding binding, Function<ObjectKey, Optional<StoredObject>> stored, Instant now) {
        List<Binding> bindings = binding.all();
        var hopeful = new BindingDecider(new Draft(stored, now), binding.makesWay());
        if (binding.makesWay() && bindings.stream().anyMatch(hopeful::isOutOfDate)) {
            return new Verdict.Reject("the pod has changed since it was looked at");
        }
        Verdict verdict = hopeful.decideAll(bindings);
        if (!hopeful.mustWait) {
            Optional<String> refusal = hopeful.gangs.refusal(binding);
            return verdict instanceof Verdict.Commit && refusal.isPresent()
                    ? new Verdict.Reject(refusal.get())
                    : verdict;
        }
        List<Binding> waiting = bindings.stream().map(BindingDecider::nominated).toList();
        return new BindingDecider(new Draft(stored, now), true).decideAll(waiting);
    }

    private boolean isOutOfDate(Binding binding) {
        return draft.pod(binding.namespace(), binding.name())
                .filter(each -> each.revision().value() != binding.seen())
                .map(StoredObject::decode)
                .filter(pod -> pod.uid().equals(binding.uid()))
                .filter(pod -> Resource.text(pod.spec(), "nodeName").isEmpty())
                .isPresent();
    }

    private static Binding nominated(Binding binding) {
        return binding.isPlaced() ? binding.nominatedOnly() : binding;
    }

    private Verdict decideAll(List<Binding> bindings) {
        Verdict last = new Verdict.Drop("there is nothing to do");
        for (Binding each : bindings) {
            last = decideOne(each);
            if (last instanceof Verdict.Reject) {
                return last;
            }
        }
        List<Change> group = draft.changes();
        return group.isEmpty() ? last : new Verdict.Commit(group, 0);
    }

    /** What is committed goes into the draft; a Drop adds nothing. */
    private Verdict decideOne(Binding binding) {
        Optional<StoredObject> stored =
                draft.pod(binding.namespace(), binding.name())
                        .filter(each -> each.uid().equals(binding.uid()));
        if (stored.isEmpty()) {
            return new Verdict.Reject("the pod is no more");
        }
        Resource pod = stored.get().decode();
        String bound = Resource.text(pod.spec(), "nodeName");
        if (!bound.isEmpty()) {
            return bound.equals(binding.node()) || !binding.isPlaced()
                    ? new Verdict.Drop("the pod is bound to " + bound)
                    : new Verdict.Reject("the pod is already bound to " + bound);
        }
        if (pod.isBeingDeleted()) {
            return new Verdict.Reject("the pod is being deleted");
        }
        String node = binding.goal();
        if (!node.isEmpty() && draft.get(Resources.NODES, "", node).isEmpty()) {
            return new Verdict.Reject("there is no node " + node);
        }
        var eviction = new Eviction(draft, pod, node);
        for (Binding.Pod each : binding.victims()) {
            Optional<String> refusal = eviction.evict(each);
            if (refusal.isPresent()) {
                return new Verdict.Reject(refusal.get());
            }
        }
        if (binding.isPreparation()) {
            return prepare(binding, stored.get(), pod);
        }
        if (!binding.isPlaced()) {
            return unschedulable(binding, stored.get(), pod);
        }
        mustWait |= !eviction.isOver();
        return place(binding, stored.get(), pod);
    }

    private Verdict place(Binding binding, StoredObject stored, Resource pod) {
        if (!pod.spec().path("schedulingGates").isEmpty()) {
            return new Verdict.Reject("the pod has scheduling gates");
        }
        Optional<String> refusal = effects(binding, pod);
        if (refusal.isPresent()) {
            return new Verdict.Reject(refusal.get());
        }
        gangs.placed(pod);
        Resource.child(pod.tree(), "spec").put("nodeName", binding.node());
        tellPlace(pod, binding.node());
        Resource.child(pod.tree(), "status").remove("nominatedNodeName");
        PodConditions.set(pod, new Wanted(SCHEDULED, "True", "", ""), draft.now());
        String message =
                "Successfully assigned %s/%s to %s"
                        .formatted(binding.namespace(), binding.name(), binding.node());
        KeptExplanation.put(binding, pod);
        draft.note(stored, pod, new EventNote("Normal", "Scheduled", "Binding", message));
        draft.put(stored, pod);
        PodGroupConditions.scheduled(pod, draft);
        return new Verdict.Commit(List.of(), 0);
    }

    /** Compat: a binding's labels, which admission puts there, replace those of the pod. */
    private void tellPlace(Resource pod, String node) {
        draft.get(Resources.NODES, "", node)
                .map(found -> TopologyLabels.missing(found.labels(), Map.of()))
                .filter(labels -> !labels.isEmpty())
                .ifPresent(
                        labels -> {
                            ObjectNode own = Resource.child(pod.mutableMetadata(), "labels");
                            labels.forEach(own::put);
                        });
    }

    private Optional<String> effects(Binding binding, Resource pod) {
        for (ObjectNode effect : binding.effects()) {
            Optional<String> refusal = Effects.apply(effect, binding, pod, draft);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    /**
     * Others have work to do before the pod can be bound, such as to provision a volume. Compat:
     * the node is nominated meanwhile (NominatedNodeNameForExpectation).
     *
     * <p>Invariant: where anything is written the pod is, too, although it may say all that
     * already: by its revision it is known that a claim which is made for it was made.
     */
    private Verdict prepare(Binding binding, StoredObject stored, Resource pod) {
        ObjectNode status = Resource.child(pod.tree(), "status");
        ObjectNode before = status.deepCopy();
        Optional<String> refusal = effects(binding, pod);
        if (refusal.isPresent()) {
            return new Verdict.Reject(refusal.get());
        }
        status.put("nominatedNodeName", binding.nominatedNode());
        if (status.equals(before) && draft.isEmpty()) {
            return new Verdict.Drop("it is all prepared");
        }
        if (!binding.message().isEmpty()) {
            draft.note(
                    stored,
                    pod,
                    new EventNote(
                            "Normal", "BindingConditionsPending", "Scheduling", binding.message()));
        }
        draft.putStatus(stored, pod);
        return new Verdict.Commit(List.of(), 0);
    }

    private Verdict unschedulable(Binding binding, StoredObject stored, Resource pod) {
        var wanted = new Wanted(SCHEDULED, "False", binding.reason(), binding.message());
        boolean isNews = PodConditions.set(pod, wanted, draft.now());
        ObjectNode status = Resource.child(pod.tree(), "status");
        String before = Resource.text(status, "nominatedNodeName");
        // An effect that cannot be any more is left out: the news is told all the same.
        boolean isFreed = !binding.effects().isEmpty() && effects(binding, pod).isEmpty();
        if (!isNews && !makesWay && !isFreed && before.equals(binding.nominatedNode())) {
            return new Verdict.Drop("the pod says so already");
        }
        if (binding.nominatedNode().isEmpty()) {
            status.remove("nominatedNodeName");
        } else {
            status.put("nominatedNodeName", binding.nominatedNode());
        }
        KeptExplanation.put(binding, pod);
        draft.note(
                stored,
                pod,
                new EventNote("Warning", "FailedScheduling", "Scheduling", binding.message()));
        draft.putStatus(stored, pod);
        PodGroupConditions.unscheduled(binding, pod, draft);
        return new Verdict.Commit(List.of(), 0);
    }
}

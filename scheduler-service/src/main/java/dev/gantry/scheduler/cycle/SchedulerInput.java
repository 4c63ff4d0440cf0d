package dev.gantry.scheduler.cycle;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.PodGroup;
import dev.gantry.scheduler.preemption.Budget;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that the scheduler learns, one record per kind of news. */
public sealed interface SchedulerInput {
    /** The kinds that say what there is of volumes and devices. */
    Set<GroupResource> NEEDS =
            Stream.of(
                            Kinds.PERSISTENT_VOLUME,
                            Kinds.PERSISTENT_VOLUME_CLAIM,
                            Kinds.STORAGE_CLASS,
                            Kinds.CSI_NODE,
                            Kinds.VOLUME_ATTACHMENT,
                            Kinds.CSI_DRIVER,
                            Kinds.CSI_STORAGE_CAPACITY,
                            Kinds.DEVICE_CLASS,
                            Kinds.RESOURCE_CLAIM,
                            Kinds.RESOURCE_SLICE)
                    .map(Kind::resource)
                    .collect(Collectors.toUnmodifiableSet());

    /** What it means that this object is there, as it is now. */
    static SchedulerInput seen(ObjectKey key, Resource object) {
        if (key.resource().equals(Resources.PODS)) {
            return new PodSeen(PodSighting.of(object));
        }
        if (key.resource().equals(Resources.POD_DISRUPTION_BUDGETS)) {
            return new BudgetSeen(Budget.of(object));
        }
        if (key.resource().equals(Resources.POD_GROUPS)) {
            return new PodGroupSeen(PodGroup.of(object));
        }
        if (NEEDS.contains(key.resource())) {
            return new NeedTold(key, Optional.of(object));
        }
        return key.resource().equals(Resources.NODES)
                ? new NodeSeen(NodeFacts.of(object))
                : new NamespaceSeen(key.name(), object.labels());
    }

    /** What it means that this object is no more. */
    static SchedulerInput gone(ObjectKey key) {
        if (key.resource().equals(Resources.PODS)) {
            return new PodGone(key);
        }
        if (key.resource().equals(Resources.POD_DISRUPTION_BUDGETS)) {
            return new BudgetGone(key);
        }
        if (key.resource().equals(Resources.POD_GROUPS)) {
            return new PodGroupGone(key);
        }
        if (NEEDS.contains(key.resource())) {
            return new NeedTold(key, Optional.empty());
        }
        return key.resource().equals(Resources.NODES)
                ? new NodeGone(key.name())
                : new NamespaceGone(key.name());
    }

    record PodSeen(PodSighting sighting) implements SchedulerInput {}

    record PodGone(ObjectKey key) implements SchedulerInput {}

    record NodeSeen(NodeFacts node) implements SchedulerInput {}

    record NodeGone(String name) implements SchedulerInput {}

    record NamespaceSeen(String name, SortedMap<String, String> labels) implements SchedulerInput {}

    record NamespaceGone(String name) implements SchedulerInput {}

    /**
     * Something that pods need, other than a node.
     *
     * @param object empty where it is no more
     */
    record NeedTold(ObjectKey key, Optional<Resource> object) implements SchedulerInput {}

    record BudgetSeen(Budget budget) implements SchedulerInput {}

    record BudgetGone(ObjectKey key) implements SchedulerInput {}

    record PodGroupSeen(PodGroup group) implements SchedulerInput {}

    record PodGroupGone(ObjectKey key) implements SchedulerInput {}

    /** A binding that an earlier leader sent: most likely it takes effect. */
    record BindingReplayed(Binding binding) implements SchedulerInput {}

    /**
     * From now on our decisions count, and no other replica's.
     *
     * @param term of our leadership; 0 where there is no election
     */
    record Leading(long term) implements SchedulerInput {
        /** There is no election: this scheduler is the only one. */
        public static final Leading ALONE = new Leading(0);
    }

    /** Another replica decides; what we sent and got no reply to may have no effect. */
    record Following() implements SchedulerInput {}

    record Rejected(Binding binding) implements SchedulerInput {}

    /** All objects that existed at the start are known: from now on decisions are sound. */
    record CaughtUp() implements SchedulerInput {}
}

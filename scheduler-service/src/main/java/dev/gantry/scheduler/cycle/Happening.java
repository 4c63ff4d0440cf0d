package dev.gantry.scheduler.cycle;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.preemption.Budget;
import dev.gantry.scheduler.snapshot.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the world tells the scheduler. */
public sealed interface Happening {
    /** The kinds that say what there is of volumes and devices. */
    Set<GroupResource> NEEDS =
            Stream.of(
                            BuiltinKind.PERSISTENT_VOLUME,
                            BuiltinKind.PERSISTENT_VOLUME_CLAIM,
                            BuiltinKind.STORAGE_CLASS,
                            BuiltinKind.CSI_NODE,
                            BuiltinKind.CSI_DRIVER,
                            BuiltinKind.CSI_STORAGE_CAPACITY,
                            BuiltinKind.DEVICE_CLASS,
                            BuiltinKind.RESOURCE_CLAIM,
                            BuiltinKind.RESOURCE_SLICE)
                    .map(BuiltinKind::resource)
                    .collect(Collectors.toUnmodifiableSet());

    /** What it means that this object is there, as it is now. */
    static Happening seen(ObjectKey key, Resource object) {
        if (key.resource().equals(Resources.PODS)) {
            return new PodSeen(PodSighting.of(object));
        }
        if (key.resource().equals(Resources.POD_DISRUPTION_BUDGETS)) {
            return new BudgetSeen(Budget.of(object));
        }
        if (NEEDS.contains(key.resource())) {
            return new NeedTold(key, Optional.of(object));
        }
        return key.resource().equals(Resources.NODES)
                ? new NodeSeen(NodeFacts.of(object))
                : new NamespaceSeen(key.name(), object.labels());
    }

    /** What it means that this object is no more. */
    static Happening gone(ObjectKey key) {
        if (key.resource().equals(Resources.PODS)) {
            return new PodGone(key);
        }
        if (key.resource().equals(Resources.POD_DISRUPTION_BUDGETS)) {
            return new BudgetGone(key);
        }
        if (NEEDS.contains(key.resource())) {
            return new NeedTold(key, Optional.empty());
        }
        return key.resource().equals(Resources.NODES)
                ? new NodeGone(key.name())
                : new NamespaceGone(key.name());
    }

    record PodSeen(PodSighting sighting) implements Happening {}

    record PodGone(ObjectKey key) implements Happening {}

    record NodeSeen(NodeFacts node) implements Happening {}

    record NodeGone(String name) implements Happening {}

    record NamespaceSeen(String name, SortedMap<String, String> labels) implements Happening {}

    record NamespaceGone(String name) implements Happening {}

    /**
     * Something that pods need, other than a node.
     *
     * @param object empty where it is no more
     */
    record NeedTold(ObjectKey key, Optional<Resource> object) implements Happening {}

    record BudgetSeen(Budget budget) implements Happening {}

    record BudgetGone(ObjectKey key) implements Happening {}

    /** A binding that an earlier leader sent: what it says will be so, most likely. */
    record Foretold(Binding binding) implements Happening {}

    /**
     * From now on our decisions count, and nobody else's.
     *
     * @param term of our leadership; 0 where there is no election
     */
    record Leading(long term) implements Happening {}

    /** Somebody else decides; what we sent and saw no answer to may have no effect. */
    record Following() implements Happening {}

    record Rejected(Binding binding) implements Happening {}

    /** All that was there at the start has been told: from now on decisions are sound. */
    record CaughtUp() implements Happening {}
}

package dev.gantry.scheduler.cycle;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.snapshot.NodeFacts;
import dev.gantry.scheduler.snapshot.PodSighting;
import java.util.SortedMap;

/** What the world tells the scheduler. */
public sealed interface Happening {
    /** What it means that this object is there, as it is now. */
    static Happening seen(ObjectKey key, Resource object) {
        if (key.resource().equals(BuiltinKind.POD.resource())) {
            return new PodSeen(PodSighting.of(object));
        }
        return key.resource().equals(BuiltinKind.NODE.resource())
                ? new NodeSeen(NodeFacts.of(object))
                : new NamespaceSeen(key.name(), object.labels());
    }

    /** What it means that this object is no more. */
    static Happening gone(ObjectKey key) {
        if (key.resource().equals(BuiltinKind.POD.resource())) {
            return new PodGone(key);
        }
        return key.resource().equals(BuiltinKind.NODE.resource())
                ? new NodeGone(key.name())
                : new NamespaceGone(key.name());
    }

    record PodSeen(PodSighting sighting) implements Happening {}

    record PodGone(ObjectKey key) implements Happening {}

    record NodeSeen(NodeFacts node) implements Happening {}

    record NodeGone(String name) implements Happening {}

    record NamespaceSeen(String name, SortedMap<String, String> labels) implements Happening {}

    record NamespaceGone(String name) implements Happening {}

    record Rejected(Binding binding) implements Happening {}

    /** All that was there at the start has been told: from now on decisions are sound. */
    record CaughtUp() implements Happening {}
}

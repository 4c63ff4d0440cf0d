package dev.gantry.scheduler.cycle;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.scheduler.snapshot.NodeFacts;
import dev.gantry.scheduler.snapshot.PodSighting;
import java.util.SortedMap;

/** What the world tells the scheduler. */
public sealed interface Happening {
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

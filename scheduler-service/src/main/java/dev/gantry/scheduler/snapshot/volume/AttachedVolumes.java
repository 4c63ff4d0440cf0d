package dev.gantry.scheduler.snapshot.volume;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * VolumeAttachments by their nodes: what is attached there, is about to be, or is not detached yet,
 * whether a pod still uses it or not.
 */
final class AttachedVolumes {
    private final Map<String, Told> byName = new HashMap<>();
    private final Map<String, SortedMap<String, Told>> byNode = new HashMap<>();

    /**
     * @param volume the PersistentVolume; empty where the volume has no object
     */
    private record Told(String node, String volume) {
        static Told of(Resource attachment) {
            return new Told(
                    Resource.text(attachment.spec(), "nodeName"),
                    Resource.text(attachment.spec().path("source"), "persistentVolumeName"));
        }
    }

    /** Returns whether a node has less attached than before; more of it helps nobody. */
    boolean tell(String name, Optional<Resource> attachment) {
        Optional<Told> is = attachment.map(Told::of);
        Optional<Told> was = Optional.ofNullable(byName.get(name));
        if (was.equals(is)) {
            return false;
        }
        was.ifPresent(before -> remove(name, before));
        is.ifPresent(now -> add(name, now));
        return was.isPresent();
    }

    /** Names of PersistentVolumes. */
    Collection<String> on(String node) {
        List<String> volumes = new ArrayList<>();
        byNode.getOrDefault(node, new TreeMap<>()).values().forEach(it -> volumes.add(it.volume));
        return volumes;
    }

    void copyTo(AttachedVolumes other) {
        byName.forEach(other::add);
    }

    private void add(String name, Told told) {
        byName.put(name, told);
        byNode.computeIfAbsent(told.node, _ -> new TreeMap<>()).put(name, told);
    }

    private void remove(String name, Told told) {
        byName.remove(name);
        byNode.computeIfPresent(
                told.node,
                (_, there) -> {
                    there.remove(name);
                    return there.isEmpty() ? null : there;
                });
    }
}

package dev.gantry.cli.cluster;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The objects that decide where pods go, by key. A value: changing it gives another one. */
public record ClusterObjects(SortedMap<ObjectKey, Resource> objects) {
    public ClusterObjects {
        objects = Collections.unmodifiableSortedMap(objects);
    }

    public static ClusterObjects of(Collection<Resource> objects) {
        return new ClusterObjects(new TreeMap<>()).with(objects);
    }

    public ClusterObjects with(Collection<Resource> more) {
        SortedMap<ObjectKey, Resource> all = new TreeMap<>(objects);
        for (Resource each : more) {
            kindOf(each).ifPresent(kind -> all.put(each.key(kind.resource()), each));
        }
        return new ClusterObjects(all);
    }

    public ClusterObjects without(Collection<ObjectKey> keys) {
        SortedMap<ObjectKey, Resource> rest = new TreeMap<>(objects);
        keys.forEach(rest::remove);
        return new ClusterObjects(rest);
    }

    public Optional<Resource> get(ObjectKey key) {
        return Optional.ofNullable(objects.get(key));
    }

    public List<Resource> all(Kind kind) {
        return objects.entrySet().stream()
                .filter(each -> each.getKey().resource().equals(kind.resource()))
                .map(Map.Entry::getValue)
                .toList();
    }

    public List<Resource> nodes() {
        return all(Kinds.NODE);
    }

    public List<Resource> pods() {
        return all(Kinds.POD);
    }

    public static ObjectKey pod(String namespace, String name) {
        return new ObjectKey(Resources.PODS, namespace, name);
    }

    public static ObjectKey node(String name) {
        return new ObjectKey(Resources.NODES, "", name);
    }

    public static Optional<Kind> kindOf(Resource object) {
        return Kinds.ALL.stream()
                .filter(
                        kind ->
                                kind.kindName().equals(object.kind())
                                        && kind.apiVersion().equals(object.apiVersion()))
                .findFirst();
    }
}

package dev.gantry.controller.storage.attachdetach;

import dev.gantry.client.controller.Controller.Change;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Objects of one kind by the names of what they refer to, as changes told of them; any thread may
 * ask.
 *
 * <p>Cost: a look at one volume would else read all pods of a namespace and all attachments.
 */
final class Index {
    private final Function<Resource, ? extends Collection<String>> names;
    private final Map<String, SortedSet<ObjectKey>> byName = new HashMap<>();

    /**
     * @param names that the object is to be found by; an empty one is none
     */
    Index(Function<Resource, ? extends Collection<String>> names) {
        this.names = names;
    }

    synchronized void hear(Change change) {
        change.before().ifPresent(object -> names.apply(object).forEach(n -> drop(n, change)));
        change.after().ifPresent(object -> names.apply(object).forEach(n -> add(n, change)));
    }

    /** In key order. */
    synchronized List<ObjectKey> of(String name) {
        SortedSet<ObjectKey> found = byName.get(name);
        return found == null ? List.of() : List.copyOf(found);
    }

    private void add(String name, Change change) {
        if (name.isEmpty()) {
            return;
        }
        byName.computeIfAbsent(name, _ -> new TreeSet<>()).add(change.key());
    }

    private void drop(String name, Change change) {
        byName.computeIfPresent(
                name,
                (_, keys) -> {
                    keys.remove(change.key());
                    return keys.isEmpty() ? null : keys;
                });
    }
}

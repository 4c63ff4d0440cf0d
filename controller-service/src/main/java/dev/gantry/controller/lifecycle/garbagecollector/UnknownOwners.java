package dev.gantry.controller.lifecycle.garbagecollector;

import dev.gantry.model.meta.ObjectKey;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Objects that name an owner of a kind that is not served here. They stay, and are looked at again
 * when a kind is defined, or an extension server told what it serves. Any thread may ask and add.
 */
final class UnknownOwners {
    private final Set<ObjectKey> dependents = new TreeSet<>();

    synchronized void add(ObjectKey dependent) {
        dependents.add(dependent);
    }

    synchronized void remove(ObjectKey dependent) {
        dependents.remove(dependent);
    }

    synchronized List<ObjectKey> takeAll() {
        List<ObjectKey> all = List.copyOf(dependents);
        dependents.clear();
        return all;
    }
}

package dev.gantry.state.registry;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.state.strategy.Strategy;

/**
 * What a request is about.
 *
 * @param key its name is empty where the request's path has none (a creation, a list)
 */
public record Target(Kind kind, Strategy strategy, ObjectKey key) {
    public GroupResource resource() {
        return key.resource();
    }

    public String name() {
        return key.name();
    }

    public String namespace() {
        return key.namespace();
    }

    public Target named(String name) {
        return new Target(kind, strategy, new ObjectKey(key.resource(), key.namespace(), name));
    }
}

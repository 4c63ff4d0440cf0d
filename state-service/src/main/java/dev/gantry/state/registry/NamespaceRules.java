package dev.gantry.state.registry;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.view.View;
import java.util.Optional;

/**
 * A namespaced object is created in a namespace that is there to stay.
 *
 * <p>Compat: the NamespaceLifecycle plugin.
 */
final class NamespaceRules {
    private NamespaceRules() {}

    static Optional<Refusal> check(Target target, Resource object, View view) {
        if (target.strategy().isTerminating()) {
            return Optional.of(
                    new Refusal.Forbidden(
                            target.requested(),
                            object.name(),
                            "create not allowed while custom resource definition is terminating"));
        }
        if (!target.kind().isNamespaced()) {
            return Optional.empty();
        }
        String namespace = object.namespace();
        ObjectKey key = new ObjectKey(Resources.NAMESPACES, "", namespace);
        Optional<StoredObject> found = view.get(key);
        if (found.isEmpty()) {
            return Optional.of(new Refusal.Missing(key.resource(), namespace));
        }
        // Cost: the phase is read off the index; decoding the namespace at each create is not free.
        return found.get().field("status.phase").equals("Terminating")
                ? Optional.of(
                        new Refusal.NamespaceTerminating(
                                target.resource(), object.name(), namespace))
                : Optional.empty();
    }
}

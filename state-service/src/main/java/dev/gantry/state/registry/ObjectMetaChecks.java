package dev.gantry.state.registry;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import java.util.Optional;

/** Whether the body speaks of the object that the URL names. */
final class ObjectMetaChecks {
    private ObjectMetaChecks() {}

    /** Fills in the namespace of an object to be created. */
    static Optional<Refusal> settle(Target target, Resource object) {
        String asked = target.namespace();
        String found = object.namespace();
        if (asked.isEmpty()) {
            object.mutableMetadata().remove("namespace");
        } else if (found.isEmpty()) {
            object.mutableMetadata().put("namespace", asked);
        } else if (!found.equals(asked)) {
            return bad(
                    "the namespace of the provided object does not match the namespace sent on the"
                            + " request");
        }
        return Optional.empty();
    }

    /** Of an object that the server made of a patch. Fills in its namespace. */
    static Optional<Refusal> checkPatched(Target target, Resource object) {
        return settle(target, object).or(() -> checkName(target, object));
    }

    /** Compat: {@code checkName} of apiserver's handlers, for an object as it was sent. */
    static Optional<Refusal> check(Target target, Resource object) {
        return checkName(target, object).or(() -> checkNamespace(target, object));
    }

    private static Optional<Refusal> checkName(Target target, Resource object) {
        if (object.name().isEmpty()) {
            return bad(
                    "the name of the object (%s based on URL) was undeterminable: name must be"
                                    .formatted(target.name())
                            + " provided");
        }
        if (!object.name().equals(target.name())) {
            return bad(
                    "the name of the object (%s) does not match the name on the URL (%s)"
                            .formatted(object.name(), target.name()));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> checkNamespace(Target target, Resource object) {
        String namespace = object.namespace();
        if (!target.namespace().isEmpty()
                && !namespace.isEmpty()
                && !namespace.equals(target.namespace())) {
            return bad(
                    "the namespace of the object (%s) does not match the namespace on the request"
                                    .formatted(namespace)
                            + " (%s)".formatted(target.namespace()));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> bad(String message) {
        return Optional.of(new Refusal.BadRequest(message));
    }
}

package dev.gantry.state.ingest;

import dev.gantry.model.meta.Resource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What else a placement commits, such as volumes bound and devices allocated: each effect checks
 * what it finds and adds its change to the draft.
 */
final class Effects {
    private Effects() {}

    /** Returns why the effect cannot be; empty where the draft has it. */
    static Optional<String> apply(ObjectNode effect, Resource pod, Draft draft) {
        return Optional.of(
                "there is no effect '%s' (pod %s)"
                        .formatted(Resource.text(effect, "effect"), pod.name()));
    }
}

package dev.gantry.state.registry;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.registry.option.DeletionOptions;
import dev.gantry.state.registry.option.DeletionOptions.Propagation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The two finalizers by which a deletion says what shall become of the dependents. */
public final class Finalizers {
    public static final String ORPHAN = "orphan";
    public static final String FOREGROUND = "foregroundDeletion";

    private Finalizers() {}

    /**
     * The finalizers that {@code stored} shall have once this deletion has been asked for.
     *
     * <p>Compat: {@code deletionFinalizersForGarbageCollection} in apiserver's {@code
     * registry/generic/registry/store.go}: what the request says wins over what an earlier one
     * said.
     */
    static List<String> forDeletion(Target target, Resource stored, DeletionOptions options) {
        List<String> before = stored.finalizers();
        boolean orphansByDefault =
                target.strategy().orphansDependents() && !before.contains(FOREGROUND);
        Optional<Propagation> wanted = options.wantedPropagation();
        boolean orphans =
                wanted.map(it -> it == Propagation.ORPHAN)
                        .orElse(before.contains(ORPHAN) || orphansByDefault);
        boolean waits =
                wanted.map(it -> it == Propagation.FOREGROUND).orElse(before.contains(FOREGROUND));
        List<String> after = new ArrayList<>(before);
        after.removeAll(List.of(ORPHAN, FOREGROUND));
        if (orphans) {
            after.add(ORPHAN);
        } else if (waits) {
            after.add(FOREGROUND);
        }
        return after.size() == before.size() && after.containsAll(before) ? before : after;
    }

    static void set(ObjectNode metadata, List<String> finalizers) {
        if (finalizers.isEmpty()) {
            metadata.remove("finalizers");
            return;
        }
        ArrayNode target = metadata.putArray("finalizers");
        finalizers.forEach(target::add);
    }
}

package dev.gantry.state.strategy.pod;

import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;

/** The containers of all sorts in one list. */
final class Containers {
    private Containers() {}

    /** Compat: in the order of {@code VisitContainersWithPath}. */
    static List<Field> all(Field spec) {
        List<Field> found = new ArrayList<>(spec.child("initContainers").items());
        found.addAll(spec.child("containers").items());
        found.addAll(spec.child("ephemeralContainers").items());
        return found;
    }
}

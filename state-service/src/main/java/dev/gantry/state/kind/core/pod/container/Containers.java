package dev.gantry.state.kind.core.pod.container;

import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;

/** The containers of all sorts in one list. */
public final class Containers {
    private Containers() {}

    /** Compat: in the order of {@code VisitContainersWithPath}. */
    public static List<Field> all(Field spec) {
        List<Field> found = new ArrayList<>(spec.child("initContainers").items());
        found.addAll(spec.child("containers").items());
        found.addAll(spec.child("ephemeralContainers").items());
        return found;
    }
}

package dev.gantry.scheduler.plugin;

import dev.gantry.model.effect.Effect;
import java.util.ArrayList;
import java.util.List;

/**
 * What a placement writes besides the pod.
 *
 * @param before must have been committed and have taken hold before the pod may be bound: others
 *     have work to do first
 * @param together committed in one transaction with the binding
 */
public record Consequences(List<Effect> before, List<Effect> together) {
    public static final Consequences NONE = new Consequences(List.of(), List.of());

    public Consequences {
        before = List.copyOf(before);
        together = List.copyOf(together);
    }

    public boolean areNone() {
        return before.isEmpty() && together.isEmpty();
    }

    public Consequences and(Consequences other) {
        if (other.areNone()) {
            return this;
        }
        return areNone()
                ? other
                : new Consequences(joined(before, other.before), joined(together, other.together));
    }

    /** Everything, in whichever step. */
    public List<Effect> all() {
        return joined(before, together);
    }

    private static List<Effect> joined(List<Effect> one, List<Effect> other) {
        List<Effect> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }
}

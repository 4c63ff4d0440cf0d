package dev.gantry.controller.lifecycle.garbagecollector;

import dev.gantry.controller.lifecycle.garbagecollector.GarbageCollectorView.Dependent;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Whether an owner that is deleted in the foreground still has dependents to wait for.
 *
 * <p>Goal: objects that own each other in a circle go, and no object goes before those it waits
 * for.
 *
 * <p>Steps: walk from the owner to the dependents that block it, and on from those that are waiting
 * themselves. A dependent that waits for none itself is waited for. Where all wait, those that do
 * not lead back to the owner will go without it, so it waits for them; when only its own circle is
 * left, each in it waits for itself, and that is no reason to stay.
 *
 * <p>Example: a owns b, b owns a and c; all are deleted in the foreground. c blocks only b and
 * goes; then a and b only wait for each other, and both go.
 *
 * <p>Compat: upstream releases a circle by taking {@code blockOwnerDeletion} from the reference
 * that closes it; here the references stay, and circles that were deleted object by object go too.
 */
final class Waiting {
    private Waiting() {}

    static boolean isFor(Resource object) {
        return object.isBeingDeleted()
                && object.finalizers().contains(GarbageCollectorReconciler.FOREGROUND);
    }

    /**
     * @param dependents of an object, blocking or not
     */
    static boolean isJustified(Resource owner, Function<Uid, List<Dependent>> dependents) {
        Map<Uid, Resource> reached = new LinkedHashMap<>();
        Deque<Uid> next = new ArrayDeque<>(List.of(owner.uid()));
        while (!next.isEmpty()) {
            Uid above = next.remove();
            for (Dependent each : dependents.apply(above)) {
                Resource object = each.object();
                if (!blocks(object, above)) {
                    continue;
                }
                if (!isFor(object)) {
                    return true;
                }
                if (reached.putIfAbsent(object.uid(), object) == null) {
                    next.add(object.uid());
                }
            }
        }
        return !leadingTo(owner.uid(), reached).containsAll(reached.keySet());
    }

    private static boolean blocks(Resource dependent, Uid owner) {
        return dependent.owners().stream()
                .anyMatch(each -> each.uid().equals(owner) && each.blocksDeletion());
    }

    /** Those among {@code reached} that wait for {@code owner}, be it over others. */
    private static Collection<Uid> leadingTo(Uid owner, Map<Uid, Resource> reached) {
        Set<Uid> found = new TreeSet<>();
        Deque<Uid> next = new ArrayDeque<>(List.of(owner));
        while (!next.isEmpty()) {
            Resource below = reached.get(next.remove());
            if (below == null) {
                continue;
            }
            for (Owner above : below.owners()) {
                boolean isOneOfThem = above.blocksDeletion() && reached.containsKey(above.uid());
                if (isOneOfThem && found.add(above.uid())) {
                    next.add(above.uid());
                }
            }
        }
        return found;
    }
}

package dev.gantry.controller.lifecycle.garbagecollector;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import java.util.List;

/**
 * All that a decision about one object may see.
 *
 * @param owners its owners and what became of them
 * @param dependents objects that name it as an owner
 * @param isHeld it is deleted in the foreground, and there is a dependent that has to go first
 */
record GarbageCollectorView(
        GroupResource resource,
        Resource object,
        List<OwnerState> owners,
        List<Dependent> dependents,
        boolean isHeld) {
    enum Fate {
        PRESENT,
        /** Being deleted, and waiting for its dependents to go first. */
        WAITING,
        ABSENT
    }

    record OwnerState(Owner owner, Fate fate) {}

    record Dependent(GroupResource resource, Resource object) {}
}

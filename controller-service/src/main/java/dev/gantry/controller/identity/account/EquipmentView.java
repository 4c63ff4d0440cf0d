package dev.gantry.controller.identity.account;

import dev.gantry.model.meta.Resource;
import java.util.Optional;

/** A namespace, and the one object in it that a controller keeps there. */
record EquipmentView(Resource namespace, Optional<Resource> found) {
    boolean isActive() {
        return !namespace.isBeingDeleted()
                && !Resource.text(namespace.status(), "phase").equals("Terminating");
    }
}

package dev.gantry.state.kind.core.persistentvolumeclaim;

import dev.gantry.state.kind.core.pod.container.ResourceNames;
import dev.gantry.state.validation.Field;
import java.util.List;

/** Compat: {@code ValidatePersistentVolumeClaimStatusUpdate}. */
final class ClaimStatusRules {
    private static final List<String> RESIZING =
            List.of(
                    "ControllerResizeInProgress",
                    "ControllerResizeInfeasible",
                    "NodeResizePending",
                    "NodeResizeInProgress",
                    "NodeResizeInfeasible");

    private ClaimStatusRules() {}

    static void check(Field claim) {
        if (claim.child("spec", "accessModes").isEmpty()) {
            claim.child("Spec", "accessModes").required("");
        }
        Field status = claim.child("status");
        status.child("capacity")
                .entries()
                .forEach((name, amount) -> ResourceNames.checkAmount(amount, name));
        Field statuses = status.child("allocatedResourceStatuses");
        statuses.entries()
                .forEach(
                        (name, found) -> {
                            onlyStorage(statuses, name);
                            if (!RESIZING.contains(found.text())) {
                                found.notSupported(RESIZING);
                            }
                        });
        Field allocated = status.child("allocatedResources");
        allocated
                .entries()
                .forEach(
                        (name, amount) -> {
                            onlyStorage(allocated, name);
                            ResourceNames.checkAmount(amount, name);
                        });
    }

    private static void onlyStorage(Field map, String name) {
        if (!name.equals("storage") && !name.contains("/")) {
            map.notSupportedText(name, List.of("storage"));
        }
    }
}

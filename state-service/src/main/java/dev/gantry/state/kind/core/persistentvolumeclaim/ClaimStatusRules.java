package dev.gantry.state.kind.core.persistentvolumeclaim;

import dev.gantry.model.quantity.Quantity;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.List;

/** Compat: {@code ValidatePersistentVolumeClaimStatusUpdate}. */
final class ClaimStatusRules {
    /** Compat: told in this order. */
    private static final List<String> RESIZING =
            List.of(
                    "ControllerResizeInProgress",
                    "ControllerResizeInfeasible",
                    "NodeResizeInProgress",
                    "NodeResizeInfeasible",
                    "NodeResizePending");

    private ClaimStatusRules() {}

    static void check(Field claim) {
        if (claim.child("spec", "accessModes").isEmpty()) {
            claim.child("Spec", "accessModes").required("");
        }
        Field status = claim.child("status");
        status.child("capacity").entries().values().forEach(ClaimStatusRules::amount);
        Field statuses = status.child("allocatedResourceStatuses");
        statuses.entries()
                .forEach(
                        (name, found) -> {
                            isStorage(statuses, name);
                            // Compat: the name is shown in place of what is wrong.
                            if (!RESIZING.contains(found.text())) {
                                statuses.notSupportedText(name, RESIZING);
                            }
                        });
        Field allocated = status.child("allocatedResources");
        allocated
                .entries()
                .forEach(
                        (name, amount) -> {
                            if (isStorage(allocated, name)) {
                                amount(amount);
                            }
                        });
    }

    /** Compat: {@code ValidateBasicResource}. */
    private static void amount(Field amount) {
        if (amount.quantity().map(Quantity::signum).orElse(0) < 0) {
            amount.invalidAs(amount.text(), "must be a valid resource quantity");
        }
    }

    /** Whether claims can have it: storage, or a resource with a domain of its own. */
    private static boolean isStorage(Field map, String name) {
        List<String> against = Names.qualified(name);
        against.forEach(each -> map.invalidText(name, each));
        if (!against.isEmpty()) {
            return false;
        }
        boolean isNative = !name.contains("/") || name.contains("kubernetes.io/");
        if (isNative && !name.equals("storage")) {
            map.notSupportedText(name, List.of("storage"));
            return false;
        }
        return true;
    }
}

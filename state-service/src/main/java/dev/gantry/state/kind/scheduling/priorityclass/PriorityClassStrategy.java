package dev.gantry.state.kind.scheduling.priorityclass;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/scheduling/priorityclass} and {@code ValidatePriorityClass}. */
public final class PriorityClassStrategy implements Strategy {
    private static final String SYSTEM_PREFIX = "system-";
    private static final long HIGHEST_USER_VALUE = 1_000_000_000L;
    private static final Map<String, Long> SYSTEM_VALUES =
            Map.of(
                    "system-node-critical", 2_000_001_000L,
                    "system-cluster-critical", 2_000_000_000L);
    private static final List<String> POLICIES = List.of("PreemptLowerPriority", "Never");

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.pointer(object, "preemptionPolicy", "PreemptLowerPriority");
        Defaults.number(object, "value", 0);
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field root = Field.root(object, errors);
        String name = Resource.text(object.path("metadata"), "name");
        Field value = root.child("value");
        if (name.startsWith(SYSTEM_PREFIX)) {
            systemClass(root, name);
        } else if (value.number() > HIGHEST_USER_VALUE) {
            value.forbidden(
                    "maximum allowed value of a user defined priority is " + HIGHEST_USER_VALUE);
        }
        if (root.has("preemptionPolicy")) {
            root.child("preemptionPolicy").oneOf(POLICIES);
        }
        return errors;
    }

    private static void systemClass(Field root, String name) {
        Long wanted = SYSTEM_VALUES.get(name);
        String why = "";
        if (wanted == null) {
            why = name + " is not a known system priority class";
        } else if (root.child("value").number() != wanted) {
            why = "value of %s PriorityClass must be %d".formatted(name, wanted);
        } else if (root.child("globalDefault").isTrue()) {
            why = "globalDefault of %s PriorityClass must be false".formatted(name);
        }
        if (!why.isEmpty()) {
            root.child("metadata", "name")
                    .forbidden(
                            "priority class names with 'system-' prefix are reserved for system use"
                                    + " only. error: "
                                    + why);
        }
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field root = Field.root(updated, errors);
        if (root.child("value").number() != stored.path("value").asLong(0)) {
            root.child("value").forbidden("may not be changed in an update.");
        }
        root.child("preemptionPolicy").immutable(stored.path("preemptionPolicy"));
        return errors;
    }

    @Override
    public Optional<String> whyUndeletable(String name) {
        return SYSTEM_VALUES.containsKey(name)
                ? Optional.of("this is a system priority class and cannot be deleted")
                : Optional.empty();
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }

    /** Compat: made with generation 1, never counted on: what matters cannot change. */
    @Override
    public boolean changesGeneration(ObjectNode updated, ObjectNode stored) {
        return false;
    }
}

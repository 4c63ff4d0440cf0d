package dev.gantry.state.kind.core.pod.container;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.validation.Field;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An init container that ends by itself is not restarted to be resized.
 *
 * <p>Compat: earlier versions let it be said, so what is stored may stay.
 */
public final class InitRestartRules {
    private static final String RESTART = "RestartContainer";
    private static final String WHY =
            "must not be set to 'RestartContainer' for non-sidecar initContainers";

    private InitRestartRules() {}

    static void check(Field container) {
        for (Field each : container.child("resizePolicy").items()) {
            if (each.text("restartPolicy").equals(RESTART)) {
                each.child("restartPolicy").invalid(WHY);
            }
        }
    }

    /**
     * The errors of an update, but for those of this rule where the spec that is stored breaks it.
     *
     * @param errors may be changed
     */
    public static List<FieldError> unlessStored(List<FieldError> errors, JsonNode storedSpec) {
        if (isBrokenBy(storedSpec)) {
            errors.removeIf(each -> each.detail().endsWith(WHY));
        }
        return errors;
    }

    private static boolean isBrokenBy(JsonNode spec) {
        for (JsonNode container : spec.path("initContainers")) {
            boolean isSidecar = Resource.text(container, "restartPolicy").equals("Always");
            for (JsonNode each : container.path("resizePolicy")) {
                if (!isSidecar && Resource.text(each, "restartPolicy").equals(RESTART)) {
                    return true;
                }
            }
        }
        return false;
    }
}

package dev.gantry.agent.volume;

import dev.gantry.agent.runtime.RuntimeFeatures.HandlerFeatures;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whether a mount is read-only with all that is mounted below it on the node.
 *
 * <p>Compat: {@code resolveRecursiveReadOnly} of {@code pkg/kubelet/kubelet_pods.go}, messages
 * included.
 */
public final class RecursiveReadOnly {
    private static final String ASKED = "volume \"%s\" requested recursive read-only mode, but ";

    private RecursiveReadOnly() {}

    /** Why the mount cannot be made as it is meant to be: with less than was asked, none is. */
    public static Optional<String> problem(JsonNode mount, HandlerFeatures handler) {
        if (!isAsked(mount)) {
            return Optional.empty();
        }
        String name = Resource.text(mount, "name");
        if (!mount.path("readOnly").asBoolean(false)) {
            return Optional.of((ASKED + "it is not read-only").formatted(name));
        }
        String propagation = Resource.text(mount, "mountPropagation");
        if (!propagation.isEmpty() && !propagation.equals("None")) {
            return Optional.of(
                    (ASKED + "it is not compatible with propagation \"%s\"")
                            .formatted(name, propagation));
        }
        boolean isNeeded = mode(mount).equals("Enabled");
        return isNeeded && !handler.hasRecursiveReadOnlyMounts()
                ? Optional.of((ASKED + "it is not supported by the runtime").formatted(name))
                : Optional.empty();
    }

    /** For a mount without a problem. */
    public static boolean isGiven(JsonNode mount, HandlerFeatures handler) {
        return isAsked(mount) && handler.hasRecursiveReadOnlyMounts();
    }

    private static boolean isAsked(JsonNode mount) {
        return mode(mount).equals("Enabled") || mode(mount).equals("IfPossible");
    }

    private static String mode(JsonNode mount) {
        return Resource.text(mount, "recursiveReadOnly");
    }
}

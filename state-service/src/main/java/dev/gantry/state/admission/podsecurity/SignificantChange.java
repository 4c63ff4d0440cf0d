package dev.gantry.state.admission.podsecurity;

import static dev.gantry.model.meta.Resource.text;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether an update of a pod changes what standards look at.
 *
 * <p>Compat: {@code isSignificantPodUpdate}: of what may be changed of a pod these are images, the
 * annotations of seccomp, and further ephemeral containers.
 */
public final class SignificantChange {
    private static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_CONTAINER =
            "container.seccomp.security.alpha.kubernetes.io/";

    private SignificantChange() {}

    public static boolean test(ObjectNode updated, ObjectNode stored) {
        return differs(updated, stored, SECCOMP_POD)
                || containersDiffer(updated, stored, "containers")
                || containersDiffer(updated, stored, "initContainers")
                || containersDiffer(updated, stored, "ephemeralContainers");
    }

    private static boolean containersDiffer(ObjectNode updated, ObjectNode stored, String list) {
        JsonNode now = updated.path("spec").path(list);
        JsonNode before = stored.path("spec").path(list);
        if (now.size() != before.size()) {
            return true;
        }
        for (int i = 0; i < now.size(); i++) {
            String name = text(now.path(i), "name");
            boolean isOther =
                    List.of("name", "image").stream()
                            .anyMatch(isField(now.path(i), before.path(i)));
            if (isOther || differs(updated, stored, SECCOMP_CONTAINER + name)) {
                return true;
            }
        }
        return false;
    }

    private static java.util.function.Predicate<String> isField(JsonNode one, JsonNode other) {
        return field -> !text(one, field).equals(text(other, field));
    }

    private static boolean differs(ObjectNode one, ObjectNode other, String annotation) {
        return !text(one.path("metadata").path("annotations"), annotation)
                .equals(text(other.path("metadata").path("annotations"), annotation));
    }
}

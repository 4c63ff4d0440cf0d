package dev.gantry.state.kind.core.pod;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.SubresourceRules;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an update through a subresource of a pod may touch; all else stays as stored. */
final class PodSubresources {
    static final SubresourceRules EPHEMERAL_CONTAINERS =
            new SubresourceRules(
                    "ephemeralcontainers",
                    (updated, stored, _) -> keepAllButEphemeral(updated, stored),
                    (updated, stored) -> {
                        List<FieldError> errors = new ArrayList<>();
                        EphemeralUpdateRules.check(Field.root(updated, errors), stored);
                        return errors;
                    });

    static final SubresourceRules RESIZE =
            new SubresourceRules(
                    "resize",
                    (updated, stored, _) -> keepAllButResources(updated, stored),
                    (updated, stored) -> {
                        List<FieldError> errors = new ArrayList<>();
                        ResizeRules.check(Field.root(updated, errors), stored);
                        return errors;
                    });

    private PodSubresources() {}

    private static void keepAllButEphemeral(ObjectNode updated, ObjectNode stored) {
        JsonNode wanted = updated.path("spec").path("ephemeralContainers");
        keepSpecAndMetadata(updated, stored);
        ObjectNode spec = Resource.child(updated, "spec");
        if (wanted.isArray() && !wanted.isEmpty()) {
            spec.set("ephemeralContainers", wanted);
        } else {
            spec.remove("ephemeralContainers");
        }
    }

    /** Compat: containers that are added, removed or renamed are left for validation to refuse. */
    private static void keepAllButResources(ObjectNode updated, ObjectNode stored) {
        JsonNode before = stored.path("spec");
        JsonNode wanted = updated.path("spec").deepCopy();
        if (!hasSameNames(wanted, before, "containers")
                || !hasSameNames(wanted, before, "initContainers")) {
            return;
        }
        keepSpecAndMetadata(updated, stored);
        ObjectNode spec = Resource.child(updated, "spec");
        take(spec.path("containers"), wanted.path("containers"));
        take(spec.path("initContainers"), wanted.path("initContainers"));
        if (wanted.hasNonNull("resources")) {
            spec.set("resources", wanted.path("resources"));
        }
    }

    private static void keepSpecAndMetadata(ObjectNode updated, ObjectNode stored) {
        Trees.keep(updated, stored, "spec");
        Trees.keep(updated, stored, "status");
        ObjectNode metadata = Resource.child(updated, "metadata");
        ObjectNode before = new Resource(stored).copy().mutableMetadata();
        Set<String> taken = Set.of("resourceVersion", "managedFields", "uid", "generation");
        Trees.keepAllBut(metadata, before, taken);
    }

    private static boolean hasSameNames(JsonNode spec, JsonNode before, String list) {
        JsonNode now = spec.path(list);
        JsonNode then = before.path(list);
        if (now.size() != then.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            if (!Resource.text(now.path(i), "name").equals(Resource.text(then.path(i), "name"))) {
                return false;
            }
        }
        return true;
    }

    private static void take(JsonNode containers, JsonNode wanted) {
        if (containers instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                ObjectNode target = (ObjectNode) list.get(i);
                ObjectNode source = (ObjectNode) wanted.path(i);
                Trees.keep(target, source, "resources");
                Trees.keep(target, source, "resizePolicy");
            }
        }
    }
}

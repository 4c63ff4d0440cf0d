package dev.gantry.state.kind.core.pod;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.QosClass;
import dev.gantry.state.kind.core.pod.container.InitRestartRules;
import dev.gantry.state.kind.core.pod.spec.PodAnnotationRules;
import dev.gantry.state.kind.core.pod.spec.PodRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Sameness;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Resources of a pod that has its node: cpu and memory may change. Compat: {@code
 * ValidatePodResize}.
 */
final class ResizeRules {
    private static final List<String> RESIZABLE = List.of("cpu", "memory");
    private static final String RESTART = "RestartContainer";

    private ResizeRules() {}

    static void check(Field pod, ObjectNode stored) {
        if (PodAnnotationRules.isMirror(stored)) {
            pod.forbidden("static pods cannot be resized");
            return;
        }
        if (Resource.text(stored.path("spec").path("os"), "name").equals("windows")) {
            pod.forbidden("windows pods cannot be resized");
            return;
        }
        PodRules.check(pod);
        InitRestartRules.unlessStored(pod.errors(), stored.path("spec"));
        Field spec = pod.child("spec");
        JsonNode before = stored.path("spec");
        String qos = QosClass.of(spec.value()).wire();
        if (!qos.equals(QosClass.of(before).wire())) {
            spec.invalidText(
                    Resource.text(stored.path("status"), "qosClass"),
                    "Pod QOS Class may not change as a result of resizing");
        }
        boolean areSame = true;
        for (String list : List.of("containers", "initContainers")) {
            if (before.path(list).size() != spec.child(list).items().size()) {
                spec.child(list).forbidden("containers may not be added or removed on resize");
                areSame = false;
            }
        }
        if (areSame) {
            wholePod(spec, before.path("resources"));
            initContainers(spec.child("initContainers").items(), before.path("initContainers"));
            containers(spec, before.path("containers"));
        }
    }

    private static void initContainers(List<Field> containers, JsonNode before) {
        for (int i = 0; i < containers.size(); i++) {
            Field container = containers.get(i);
            if (!changesOnlyAmounts(container, before.path(i))) {
                container.forbidden(
                        "only cpu and memory resources for init or sidecar containers are mutable");
            }
            boolean isSidecar = container.text("restartPolicy").equals("Always");
            boolean restarts =
                    container.child("resizePolicy").items().stream()
                            .anyMatch(each -> each.text("restartPolicy").equals(RESTART));
            boolean isSame = Sameness.same(container.value(), before.path(i));
            if (!isSidecar && restarts && !isSame) {
                container.forbidden(
                        "non-sidecar init containers with a resize policy of RestartContainer"
                                + " cannot be resized");
            }
        }
    }

    private static void containers(Field spec, JsonNode before) {
        List<Field> containers = spec.child("containers").items();
        boolean isOnlyAmounts = true;
        for (int i = 0; i < containers.size(); i++) {
            isOnlyAmounts &= changesOnlyAmounts(containers.get(i), before.path(i));
        }
        if (!isOnlyAmounts) {
            spec.forbidden("only cpu and memory resources are mutable");
        }
    }

    private static boolean changesOnlyAmounts(Field container, JsonNode before) {
        JsonNode old = before.path("resources");
        notRemoved(container.child("resources"), old, "resource");
        ObjectNode munged = (ObjectNode) container.value().deepCopy();
        munged.set("resources", withAmountsOf(container.child("resources").value(), old));
        return Sameness.same(munged, before);
    }

    private static void wholePod(Field spec, JsonNode before) {
        Field resources = spec.child("resources");
        notRemoved(resources, before, "pod-level resource");
        JsonNode munged = withAmountsOf(resources.value(), before);
        if (!munged.isEmpty() && !Sameness.same(munged, before)) {
            spec.forbidden("only cpu and memory resources are mutable at pod-level");
        }
    }

    private static void notRemoved(Field resources, JsonNode old, String what) {
        for (String side : List.of("requests", "limits")) {
            for (String name : old.path(side).propertyNames()) {
                if (!resources.child(side).has(name)) {
                    resources.child(side).forbidden(what + " " + side + " cannot be removed");
                    break;
                }
            }
        }
    }

    /** The resources as they would be had cpu and memory not been touched. */
    private static ObjectNode withAmountsOf(JsonNode resources, JsonNode old) {
        ObjectNode munged =
                resources instanceof ObjectNode given
                        ? given.deepCopy()
                        : JsonNodeFactory.instance.objectNode();
        for (String side : List.of("requests", "limits")) {
            ObjectNode amounts = Resource.child(munged, side);
            for (String name : RESIZABLE) {
                JsonNode before = old.path(side).path(name);
                if (before.isMissingNode()) {
                    amounts.remove(name);
                } else {
                    amounts.set(name, before);
                }
            }
            if (amounts.isEmpty()) {
                munged.remove(side);
            }
        }
        return munged;
    }
}

package dev.gantry.state.kind.core.pod;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.QosClass;
import dev.gantry.state.kind.core.pod.spec.PodAnnotationRules;
import dev.gantry.state.kind.core.pod.spec.PodRules;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Sameness;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Resources of a running pod: cpu and memory may change. Compat: {@code ValidatePodResize}. */
final class ResizeRules {
    private static final Set<String> RESIZABLE = Set.of("cpu", "memory");

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
        Field spec = pod.child("spec");
        JsonNode before = stored.path("spec");
        String qos = QosClass.of(spec.value()).wire();
        if (!qos.equals(QosClass.of(before).wire())) {
            spec.invalidText(
                    Resource.text(stored.path("status"), "qosClass"),
                    "Pod QOS Class may not change as a result of resizing");
        }
        boolean sameContainers = true;
        for (String list : List.of("containers", "initContainers")) {
            sameContainers &= before.path(list).size() == spec.child(list).items().size();
        }
        if (!sameContainers) {
            spec.forbidden("only cpu and memory resources are mutable");
            return;
        }
        containers(spec, before, "initContainers");
        containers(spec, before, "containers");
    }

    private static void containers(Field spec, JsonNode before, String list) {
        List<Field> containers = spec.child(list).items();
        for (int i = 0; i < containers.size(); i++) {
            Field container = containers.get(i);
            JsonNode old = before.path(list).path(i);
            boolean isInit = list.equals("initContainers");
            boolean isSidecar = container.text("restartPolicy").equals("Always");
            if (isInit && !isSidecar) {
                if (!Sameness.same(container.value(), old)) {
                    spec.forbidden("resources for non-sidecar init containers are immutable");
                }
                continue;
            }
            notRemoved(container.child("resources"), old.path("resources"));
            if (!Sameness.same(withResourcesOf(container.value(), old), old)) {
                spec.forbidden(
                        isInit
                                ? "only cpu and memory resources for sidecar containers are mutable"
                                : "only cpu and memory resources are mutable");
            }
        }
    }

    private static void notRemoved(Field resources, JsonNode old) {
        for (String side : List.of("requests", "limits")) {
            for (String name : old.path(side).propertyNames()) {
                if (!resources.child(side).has(name)) {
                    resources.child(side).forbidden("resource " + side + " cannot be removed");
                    break;
                }
            }
        }
    }

    /** The container as it would be had cpu, memory and resize policy not been touched. */
    private static JsonNode withResourcesOf(JsonNode container, JsonNode old) {
        ObjectNode munged = (ObjectNode) container.deepCopy();
        ObjectNode resources = Resource.child(munged, "resources");
        for (String side : List.of("requests", "limits")) {
            ObjectNode amounts = Resource.child(resources, side);
            amounts.remove(RESIZABLE);
            for (String name : List.of("cpu", "memory")) {
                JsonNode before = old.path("resources").path(side).path(name);
                if (!before.isMissingNode()) {
                    amounts.set(name, before);
                }
            }
        }
        if (old instanceof ObjectNode stored) {
            Trees.keep(munged, stored, "resizePolicy");
        }
        return munged;
    }
}

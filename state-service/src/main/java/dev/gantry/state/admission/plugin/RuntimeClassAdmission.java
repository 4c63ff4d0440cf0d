package dev.gantry.state.admission.plugin;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.MutatingPlugin;
import dev.gantry.state.admission.ValidatingPlugin;
import dev.gantry.state.validation.Sameness;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives a pod what its RuntimeClass costs, and where that can run. Compat: {@code
 * plugin/pkg/admission/runtimeclass}.
 */
final class RuntimeClassAdmission implements MutatingPlugin, ValidatingPlugin {
    @Override
    public Optional<Refusal> admit(AdmissionRequest request, ClusterView view) {
        if (!request.creates(Kinds.POD)) {
            return Optional.empty();
        }
        ObjectNode spec = Resource.child(request.object(), "spec");
        String name = Resource.text(spec, "runtimeClassName");
        if (name.isEmpty()) {
            return spec.path("overhead").isEmpty() ? withoutClass(request, spec) : Optional.empty();
        }
        Optional<Resource> found = view.get(new ObjectKey(Resources.RUNTIME_CLASSES, "", name));
        if (found.isEmpty()) {
            return refuse(request, "pod rejected: RuntimeClass \"%s\" not found".formatted(name));
        }
        return overhead(request, spec, found.get().tree().path("overhead").path("podFixed"))
                .or(() -> scheduling(request, spec, found.get().tree().path("scheduling")));
    }

    /**
     * A webhook may have changed the overhead after it was set. Compat: of a pod without a class it
     * is judged only here, behind the rules of the pod itself; but for an empty one, in which those
     * would find nothing, and which is gone by now.
     */
    @Override
    public Optional<Refusal> validate(AdmissionRequest request, ClusterView view) {
        if (!request.creates(Kinds.POD)) {
            return Optional.empty();
        }
        ObjectNode spec = Resource.child(request.object(), "spec");
        String name = Resource.text(spec, "runtimeClassName");
        return name.isEmpty()
                ? withoutClass(request, spec)
                : view.get(new ObjectKey(Resources.RUNTIME_CLASSES, "", name))
                        .map(found -> found.tree().path("overhead").path("podFixed"))
                        .flatMap(fixed -> overhead(request, spec, fixed));
    }

    private static Optional<Refusal> withoutClass(AdmissionRequest request, ObjectNode spec) {
        return spec.hasNonNull("overhead")
                ? refuse(
                        request,
                        "pod rejected: Pod Overhead set without corresponding RuntimeClass"
                                + " defined Overhead")
                : Optional.empty();
    }

    private static Optional<Refusal> overhead(
            AdmissionRequest request, ObjectNode spec, JsonNode fixed) {
        if (spec.path("overhead").isEmpty()) {
            if (!fixed.isEmpty()) {
                spec.set("overhead", fixed.deepCopy());
            }
            return Optional.empty();
        }
        return Sameness.same(spec.path("overhead"), fixed)
                ? Optional.empty()
                : refuse(
                        request,
                        "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined"
                                + " Overhead");
    }

    private static Optional<Refusal> scheduling(
            AdmissionRequest request, ObjectNode spec, JsonNode scheduling) {
        for (var label : scheduling.path("nodeSelector").properties()) {
            String wanted = label.getValue().asString("");
            ObjectNode selector = Resource.child(spec, "nodeSelector");
            String own = Resource.text(selector, label.getKey());
            if (selector.has(label.getKey()) && !own.equals(wanted)) {
                String key = label.getKey();
                return refuse(
                        request,
                        "conflict: runtimeClass.scheduling.nodeSelector[%s] = %s;"
                                        .formatted(key, wanted)
                                + " pod.spec.nodeSelector[%s] = %s".formatted(key, own));
            }
            selector.put(label.getKey(), wanted);
        }
        for (JsonNode toleration : scheduling.path("tolerations")) {
            add(spec, toleration);
        }
        return Optional.empty();
    }

    private static void add(ObjectNode spec, JsonNode toleration) {
        ArrayNode all =
                spec.path("tolerations") instanceof ArrayNode found
                        ? found
                        : spec.putArray("tolerations");
        for (JsonNode each : all) {
            if (Sameness.same(each, toleration)) {
                return;
            }
        }
        all.add(toleration.deepCopy());
    }

    private static Optional<Refusal> refuse(AdmissionRequest request, String why) {
        return Optional.of(
                new Refusal.Forbidden(request.kind().resource(), request.resource().name(), why));
    }
}

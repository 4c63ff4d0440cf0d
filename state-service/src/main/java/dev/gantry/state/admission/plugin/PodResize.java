package dev.gantry.state.admission.plugin;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.refusal.StatusBody;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.ValidatingPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod grows only to what its node has at all. Compat: {@code plugin/pkg/admission/podresize}:
 * whether there is room beside the other pods is the kubelet's question.
 */
final class PodResize implements ValidatingPlugin {
    @Override
    public Optional<Refusal> validate(AdmissionRequest request, ClusterView view) {
        boolean isResize =
                request.kind().equals(Kinds.POD)
                        && request.operation() == Operation.UPDATE
                        && request.subresource().equals("resize");
        if (!isResize) {
            return Optional.empty();
        }
        Resource pod = request.resource();
        String name = Resource.text(pod.spec(), "nodeName");
        boolean isSame = pod.generation() == request.stored().orElseThrow().generation();
        if (name.isEmpty() || isSame) {
            return Optional.empty();
        }
        Optional<Resource> node = view.get(new ObjectKey(Resources.NODES, "", name));
        if (node.isEmpty()) {
            return Optional.of(forbidden(request, "node \"%s\" not found".formatted(name)));
        }
        String system = node.get().labels().getOrDefault("kubernetes.io/os", "linux");
        if (!system.equals("linux")) {
            String why = "pod resize is only supported on linux nodes, node \"%s\" is \"%s\"";
            return refuse(request, why.formatted(name, system), "UnsupportedPlatform");
        }
        String tooMuch = tooMuch(pod, node.get());
        return tooMuch.isEmpty()
                ? Optional.empty()
                : refuse(
                        request,
                        "node didn't have enough allocatable resources: " + tooMuch,
                        "NodeCapacity");
    }

    private static String tooMuch(Resource pod, Resource node) {
        Map<String, Quantity> requests = PodResources.requests(pod.spec());
        Map<String, Quantity> allocatable = PodResources.amounts(node.status().path("allocatable"));
        List<String> found = new ArrayList<>();
        for (String each : List.of("cpu", "memory")) {
            Quantity asked = requests.getOrDefault(each, Quantity.ZERO);
            Quantity there = allocatable.getOrDefault(each, Quantity.ZERO);
            if (asked.compareTo(there) > 0) {
                found.add(
                        "%s, requested: %d, allocatable: %d"
                                .formatted(each, counted(each, asked), counted(each, there)));
            }
        }
        return String.join("; ", found);
    }

    private static long counted(String resource, Quantity amount) {
        return resource.equals("cpu") ? amount.toMilli() : amount.toLong();
    }

    private static Refusal.Forbidden forbidden(AdmissionRequest request, String why) {
        return new Refusal.Forbidden(request.kind().resource(), request.resource().name(), why);
    }

    /** Compat: a refusal with a cause that clients can tell from others. */
    private static Optional<Refusal> refuse(AdmissionRequest request, String why, String cause) {
        Refusal.Forbidden plain = forbidden(request, why);
        ObjectNode details = (ObjectNode) StatusBody.of(plain).path("details");
        details.putArray("causes").addObject().put("reason", cause);
        return Optional.of(new Refusal.Denied(403, "Forbidden", plain.message(), details));
    }
}

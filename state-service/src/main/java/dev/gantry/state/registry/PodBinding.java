package dev.gantry.state.registry;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code binding} subresource: a scheduler other than ours places a pod.
 *
 * <p>Compat: {@code assignPod} and {@code setPodNodeAndMetadata} of the pod storage.
 */
public final class PodBinding {
    private static final GroupResource RESOURCE = new GroupResource("", "pods/binding");

    private PodBinding() {}

    /** Empty where the pod may be placed as {@code binding} says. */
    public static Optional<Refusal> refusal(Resource binding, Resource pod) {
        String kind = text(binding.tree().path("target"), "kind");
        String node = text(binding.tree().path("target"), "name");
        if (!kind.isEmpty() && !kind.equals("Node")) {
            return invalid(
                    binding,
                    FieldError.notSupported("target.kind", '"' + kind + '"', List.of("Node")));
        }
        if (node.isEmpty()) {
            return invalid(binding, FieldError.required("target.name", ""));
        }
        if (!binding.uid().value().isEmpty() && !binding.uid().equals(pod.uid())) {
            return conflict(
                    pod,
                    "Precondition failed: UID in precondition: %s, UID in object meta: %s"
                            .formatted(binding.uid(), pod.uid()));
        }
        if (pod.isBeingDeleted()) {
            return conflict(
                    pod,
                    "pod %s is being deleted, cannot be assigned to a host".formatted(pod.name()));
        }
        String bound = text(pod.spec(), "nodeName");
        if (!bound.isEmpty()) {
            return conflict(
                    pod, "pod %s is already assigned to node \"%s\"".formatted(pod.name(), bound));
        }
        if (!pod.spec().path("schedulingGates").isEmpty()) {
            return conflict(
                    pod, "pod %s has non-empty .spec.schedulingGates".formatted(pod.name()));
        }
        return Optional.empty();
    }

    /** The pod once it is placed. */
    public static ObjectNode apply(Resource binding, Resource stored, Instant now) {
        Resource bound = stored.copy();
        Resource.child(bound.tree(), "spec")
                .put("nodeName", text(binding.tree().path("target"), "name"));
        merge(bound.mutableMetadata(), "annotations", binding);
        merge(bound.mutableMetadata(), "labels", binding);
        ObjectNode status = Resource.child(bound.tree(), "status");
        ArrayNode conditions =
                status.path("conditions") instanceof ArrayNode found
                        ? found
                        : status.putArray("conditions");
        Conditions.set(conditions, new Conditions.Wanted("PodScheduled", "True", "", ""), now);
        return bound.tree();
    }

    private static void merge(ObjectNode metadata, String field, Resource binding) {
        if (binding.metadata().path(field) instanceof ObjectNode given && !given.isEmpty()) {
            Resource.child(metadata, field).setAll(given);
        }
    }

    private static Optional<Refusal> invalid(Resource binding, FieldError error) {
        return Optional.of(new Refusal.Invalid("", "Binding", binding.name(), List.of(error)));
    }

    private static Optional<Refusal> conflict(Resource pod, String why) {
        return Optional.of(new Refusal.Conflict(RESOURCE, pod.name(), why));
    }
}

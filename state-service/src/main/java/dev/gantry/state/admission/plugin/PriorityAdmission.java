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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Resolves a pod's PriorityClass to the number and the preemption policy, and keeps the global
 * default unique. Compat: {@code plugin/pkg/admission/priority}.
 */
final class PriorityAdmission implements MutatingPlugin, ValidatingPlugin {
    private static final String PREEMPT = "PreemptLowerPriority";

    @Override
    public Optional<Refusal> admit(AdmissionRequest request, ClusterView view) {
        if (!request.subresource().isEmpty()) {
            return Optional.empty();
        }
        if (request.creates(Kinds.POD)) {
            return resolve(request, view);
        }
        if (request.kind().equals(Kinds.POD)
                && request.operation() == AdmissionRequest.Operation.UPDATE) {
            keepPriority(request);
        }
        return Optional.empty();
    }

    @Override
    public Optional<Refusal> validate(AdmissionRequest request, ClusterView view) {
        return request.kind().equals(Kinds.PRIORITY_CLASS)
                        && request.operation() != AdmissionRequest.Operation.DELETE
                ? onlyOneDefault(request, view)
                : Optional.empty();
    }

    /** The numbers of a stored pod go on to hold where an update leaves them out. */
    private static void keepPriority(AdmissionRequest request) {
        ObjectNode spec = Resource.child(request.object(), "spec");
        Resource stored = request.stored().orElseThrow();
        for (String field : List.of("priority", "preemptionPolicy")) {
            if (!spec.hasNonNull(field) && stored.spec().hasNonNull(field)) {
                spec.set(field, stored.spec().path(field).deepCopy());
            }
        }
    }

    private static Optional<Refusal> resolve(AdmissionRequest request, ClusterView view) {
        ObjectNode spec = Resource.child(request.object(), "spec");
        String name = Resource.text(spec, "priorityClassName");
        Optional<Resource> found =
                name.isEmpty()
                        ? defaultClass(view)
                        : view.get(new ObjectKey(Resources.PRIORITY_CLASSES, "", name));
        if (!name.isEmpty() && found.isEmpty()) {
            return refuse(request, "no PriorityClass with name " + name + " was found");
        }
        int priority = found.map(each -> each.tree().path("value").asInt(0)).orElse(0);
        String policy =
                found.map(each -> Resource.text(each.tree(), "preemptionPolicy"))
                        .filter(each -> !each.isEmpty())
                        .orElse(PREEMPT);
        if (name.isEmpty()) {
            found.ifPresent(each -> spec.put("priorityClassName", each.name()));
        }
        return check(request, spec, priority, policy);
    }

    private static Optional<Refusal> check(
            AdmissionRequest request, ObjectNode spec, int priority, String policy) {
        if (spec.hasNonNull("priority") && spec.path("priority").asInt(0) != priority) {
            return refuse(
                    request,
                    "the integer value of priority (%d) must not be provided in pod spec; priority"
                                    .formatted(spec.path("priority").asInt(0))
                            + " admission controller computed "
                            + priority
                            + " from the given PriorityClass name");
        }
        spec.put("priority", priority);
        String given = Resource.text(spec, "preemptionPolicy");
        if (spec.hasNonNull("preemptionPolicy") && !given.equals(policy)) {
            return refuse(
                    request,
                    "the string value of PreemptionPolicy (%s) must not be provided in pod spec;"
                                    .formatted(given)
                            + " priority admission controller computed "
                            + policy
                            + " from the given PriorityClass name");
        }
        spec.put("preemptionPolicy", policy);
        return Optional.empty();
    }

    /** Compat: of several defaults the one with the lowest value counts. */
    private static Optional<Resource> defaultClass(ClusterView view) {
        return view.list(Resources.PRIORITY_CLASSES, "").stream()
                .filter(each -> each.tree().path("globalDefault").asBoolean(false))
                .min(
                        java.util.Comparator.<Resource>comparingInt(
                                        each -> each.tree().path("value").asInt(0))
                                .thenComparing(Resource::name));
    }

    private static Optional<Refusal> onlyOneDefault(AdmissionRequest request, ClusterView view) {
        if (!request.object().path("globalDefault").asBoolean(false)) {
            return Optional.empty();
        }
        Optional<Resource> other = defaultClass(view);
        if (other.isEmpty() || Objects.equals(other.get().name(), request.resource().name())) {
            return Optional.empty();
        }
        return refuse(
                request,
                "PriorityClass %s is already marked as default. Only one default can exist"
                        .formatted(other.get().name()));
    }

    private static Optional<Refusal> refuse(AdmissionRequest request, String why) {
        return Optional.of(
                new Refusal.Forbidden(request.kind().resource(), request.resource().name(), why));
    }
}

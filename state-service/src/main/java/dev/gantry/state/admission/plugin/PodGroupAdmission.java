package dev.gantry.state.admission.plugin;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.ValidatingPlugin;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A PodGroup that is made from a template of a Workload needs that Workload, with that template.
 * Compat: {@code PodGroupWorkloadExists}.
 */
final class PodGroupAdmission implements ValidatingPlugin {
    @Override
    public Optional<Refusal> validate(AdmissionRequest request, ClusterView view) {
        JsonNode reference = request.resource().spec().path("podGroupTemplateRef").path("workload");
        return request.creates(Kinds.POD_GROUP) && reference.isObject()
                ? whyNot(reference, request, view).map(why -> refuse(request, why))
                : Optional.empty();
    }

    private static Optional<String> whyNot(
            JsonNode reference, AdmissionRequest request, ClusterView view) {
        String name = Resource.text(reference, "workloadName");
        String template = Resource.text(reference, "podGroupTemplateName");
        String namespace = request.subject().key().namespace();
        Optional<Resource> workload = view.get(new ObjectKey(Resources.WORKLOADS, namespace, name));
        if (workload.isEmpty()) {
            return Optional.of("Workload \"%s\" not found".formatted(name));
        }
        if (workload.get().isBeingDeleted()) {
            return Optional.of("Workload \"%s\" is being deleted".formatted(name));
        }
        for (JsonNode each : workload.get().spec().path("podGroupTemplates")) {
            if (Resource.text(each, "name").equals(template)) {
                return Optional.empty();
            }
        }
        return Optional.of(
                "PodGroupTemplate \"%s\" not found in Workload \"%s\"".formatted(template, name));
    }

    private static Refusal refuse(AdmissionRequest request, String why) {
        return new Refusal.Forbidden(
                request.kind().resource(), request.resource().name(), "PodGroup rejected: " + why);
    }
}

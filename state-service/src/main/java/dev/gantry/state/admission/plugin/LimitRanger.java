package dev.gantry.state.admission.plugin;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.MutatingPlugin;
import dev.gantry.state.admission.ValidatingPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Completes what pods leave out by the LimitRanges of their namespace, and holds pods and claims to
 * them. Compat: {@code plugin/pkg/admission/limitranger}.
 */
final class LimitRanger implements MutatingPlugin, ValidatingPlugin {
    @Override
    public Optional<Refusal> admit(AdmissionRequest request, ClusterView view) {
        if (request.creates(Kinds.POD)) {
            ranges(request, view).forEach(each -> LimitDefaults.apply(each, request.resource()));
        }
        return Optional.empty();
    }

    @Override
    public Optional<Refusal> validate(AdmissionRequest request, ClusterView view) {
        boolean isPod = isPod(request);
        boolean isClaim =
                request.kind().equals(Kinds.PERSISTENT_VOLUME_CLAIM)
                        && request.subresource().isEmpty()
                        && request.operation() != Operation.DELETE;
        if ((!isPod && !isClaim) || request.resource().isBeingDeleted()) {
            return Optional.empty();
        }
        List<String> broken = new ArrayList<>();
        for (Resource range : ranges(request, view)) {
            for (JsonNode limit : range.spec().path("limits")) {
                broken.addAll(
                        isPod
                                ? LimitBounds.brokenByPod(limit, request.resource().spec())
                                : LimitBounds.brokenByClaim(limit, request.resource().spec()));
            }
            if (!broken.isEmpty()) {
                return Optional.of(refusal(request, broken));
            }
        }
        return Optional.empty();
    }

    private static List<Resource> ranges(AdmissionRequest request, ClusterView view) {
        return view.list(Resources.LIMIT_RANGES, request.resource().namespace());
    }

    /** Compat: what a stored pod asks for changes only through resize. */
    private static boolean isPod(AdmissionRequest request) {
        return request.creates(Kinds.POD)
                || (request.kind().equals(Kinds.POD)
                        && request.operation() == Operation.UPDATE
                        && request.subresource().equals("resize"));
    }

    private static Refusal refusal(AdmissionRequest request, List<String> broken) {
        List<String> distinct = broken.stream().distinct().toList();
        return new Refusal.Forbidden(
                request.kind().resource(),
                request.resource().name(),
                distinct.size() == 1 ? distinct.getFirst() : distinct.toString());
    }
}

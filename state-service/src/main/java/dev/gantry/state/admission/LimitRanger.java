package dev.gantry.state.admission;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Holds pods and claims to the LimitRanges of their namespace, and completes what pods leave out.
 * Compat: {@code plugin/pkg/admission/limitranger}: first all defaults, then all bounds.
 */
final class LimitRanger implements AdmissionPlugin {
    @Override
    public Optional<Refusal> admit(AdmissionRequest request, ClusterView view) {
        boolean isPod = isPod(request);
        boolean isClaim =
                request.kind().equals(Kinds.PERSISTENT_VOLUME_CLAIM)
                        && request.subresource().isEmpty()
                        && request.operation() != Operation.DELETE;
        if ((!isPod && !isClaim) || request.resource().isBeingDeleted()) {
            return Optional.empty();
        }
        List<Resource> ranges = view.list(Resources.LIMIT_RANGES, request.resource().namespace());
        if (isPod && request.operation() == Operation.CREATE) {
            ranges.forEach(each -> LimitDefaults.apply(each, request.resource()));
        }
        List<String> broken = new ArrayList<>();
        for (Resource range : ranges) {
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

package dev.gantry.controller.identity.csrcleaner;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.ObjectController;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A request that was denied, failed or got its certificate goes an hour later, one that nobody
 * decided about after a day. One that is approved, but has no certificate yet, stays.
 *
 * <p>Compat: {@code pkg/controller/certificates/cleaner}; there the times are looked at once an
 * hour.
 */
public final class CsrCleaner implements ObjectController {
    private static final GroupResource REQUESTS = Kinds.CERTIFICATE_SIGNING_REQUEST.resource();
    private static final Duration DECIDED = Duration.ofHours(1);
    private static final Duration PENDING = Duration.ofHours(24);

    @Override
    public String component() {
        return "certificatesigningrequest-cleaner-controller";
    }

    @Override
    public GroupResource resource() {
        return REQUESTS;
    }

    @Override
    public boolean isConcerned(Resource request) {
        return !request.isBeingDeleted();
    }

    @Override
    public Plan<Action> reconcile(Resource request, ClusterReader cluster, Instant now) {
        Optional<Instant> end = end(request);
        if (end.isEmpty()) {
            return Plan.settled();
        }
        if (now.isBefore(end.get())) {
            return Plan.<Action>settled().requeueAt(end.get());
        }
        return Plan.of(
                List.of(
                        new Action.Delete(
                                request.key(REQUESTS),
                                request.uid(),
                                Action.Propagation.BACKGROUND)));
    }

    /** Empty where something may still become of it. */
    private static Optional<Instant> end(Resource request) {
        JsonNode conditions = request.status().path("conditions");
        if (conditions.isEmpty()) {
            return Resource.instant(request.metadata().path("creationTimestamp"))
                    .map(each -> each.plus(PENDING));
        }
        boolean isIssued = !Resource.text(request.status(), "certificate").isEmpty();
        return conditions
                .valueStream()
                .filter(each -> isLast(Resource.text(each, "type"), isIssued))
                .flatMap(each -> Resource.instant(each.path("lastUpdateTime")).stream())
                .min(Instant::compareTo)
                .map(each -> each.plus(DECIDED));
    }

    private static boolean isLast(String type, boolean isIssued) {
        return switch (type) {
            case "Denied", "Failed" -> true;
            case "Approved" -> isIssued;
            default -> false;
        };
    }
}

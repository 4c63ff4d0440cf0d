package dev.gantry.controller.node.resourceclaim;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.EventText;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Reconciles pods that need claims, and claims, each under its own key. */
public final class ResourceClaimController implements Controller {
    static final GroupResource CLAIMS = Resources.RESOURCE_CLAIMS;
    static final GroupResource TEMPLATES = Resources.RESOURCE_CLAIM_TEMPLATES;
    static final GroupResource PODS = Resources.PODS;

    private final PodReconciler pods = new PodReconciler();
    private final ResourceClaimReconciler claims = new ResourceClaimReconciler();

    @Override
    public String component() {
        return "resource_claim";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(CLAIMS, TEMPLATES, PODS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(PODS)) {
            podChanged(change, enqueue);
        } else if (change.isOf(CLAIMS)) {
            claimChanged(change, enqueue);
        } else {
            templateChanged(change.newest(), cluster, enqueue);
        }
    }

    private static void podChanged(Change change, Consumer<ObjectKey> enqueue) {
        Resource pod = change.newest();
        if (!pod.spec().path("resourceClaims").isEmpty()) {
            change.after().ifPresent(_ -> enqueue.accept(change.key()));
        }
        for (String name : ResourceClaimNames.all(pod)) {
            enqueue.accept(new ObjectKey(CLAIMS, pod.namespace(), name));
        }
    }

    private static void claimChanged(Change change, Consumer<ObjectKey> enqueue) {
        enqueue.accept(change.key());
        Resource claim = change.newest();
        Optional<Owner> owner = claim.controller().filter(each -> each.kind().equals("Pod"));
        owner.ifPresent(each -> enqueue.accept(ResourceClaimView.pod(claim, each.name())));
    }

    private static void templateChanged(
            Resource template, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        for (Resource pod : cluster.list(PODS, template.namespace())) {
            for (JsonNode entry : pod.spec().path("resourceClaims")) {
                if (Resource.text(entry, "resourceClaimTemplateName").equals(template.name())) {
                    enqueue.accept(pod.key(PODS));
                }
            }
        }
    }

    /** Pods that seem to be gone are looked up before anything is taken from them. */
    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        Optional<Resource> claim = cluster.get(key).filter(_ -> key.resource().equals(CLAIMS));
        if (claim.isEmpty()) {
            return LiveReads.NONE;
        }
        List<ObjectKey> doubtful = new ArrayList<>();
        for (Reservation each : Reservation.of(claim.get())) {
            ObjectKey pod = ResourceClaimView.pod(claim.get(), each.name());
            boolean isThere =
                    cluster.get(pod)
                            .filter(found -> found.uid().value().equals(each.uid()))
                            .isPresent();
            if (each.isForPod() && !isThere) {
                doubtful.add(pod);
            }
        }
        return LiveReads.objects(doubtful);
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        Optional<Resource> found = cluster.get(key);
        if (found.isEmpty()) {
            return Plan.settled();
        }
        return key.resource().equals(PODS)
                ? pods.reconcile(PodView.of(found.get(), cluster), now)
                : claims.reconcile(ResourceClaimView.of(found.get(), cluster), now);
    }

    @Override
    public Optional<Action.RecordEvent> refused(
            ObjectKey key, ClusterReader cluster, Action action, String message) {
        if (!key.resource().equals(PODS) || !(action instanceof Action.Create)) {
            return Optional.empty();
        }
        return EventText.warning("FailedResourceClaimCreation", "PodResourceClaim: " + message)
                .about(key, cluster);
    }
}

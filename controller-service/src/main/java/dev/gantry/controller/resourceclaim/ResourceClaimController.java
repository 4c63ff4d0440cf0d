package dev.gantry.controller.resourceclaim;

import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.Needs;
import dev.gantry.client.controller.Remark;
import dev.gantry.client.controller.World;
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

/** Looks at pods that need claims, and at claims, each under its own key. */
public final class ResourceClaimController implements Controller {
    static final GroupResource CLAIMS = Resources.RESOURCE_CLAIMS;
    static final GroupResource TEMPLATES = Resources.RESOURCE_CLAIM_TEMPLATES;
    static final GroupResource PODS = Resources.PODS;

    private final PodReconciler pods = new PodReconciler();
    private final ClaimReconciler claims = new ClaimReconciler();

    @Override
    public String component() {
        return "resource_claim";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(CLAIMS, TEMPLATES, PODS);
    }

    @Override
    public void concerns(Change change, World world, Consumer<ObjectKey> look) {
        if (change.isOf(PODS)) {
            podChanged(change, look);
        } else if (change.isOf(CLAIMS)) {
            claimChanged(change, look);
        } else {
            templateChanged(change.newest(), world, look);
        }
    }

    private static void podChanged(Change change, Consumer<ObjectKey> look) {
        Resource pod = change.newest();
        if (!pod.spec().path("resourceClaims").isEmpty()) {
            change.after().ifPresent(_ -> look.accept(change.key()));
        }
        for (String name : ClaimNames.all(pod)) {
            look.accept(new ObjectKey(CLAIMS, pod.namespace(), name));
        }
    }

    private static void claimChanged(Change change, Consumer<ObjectKey> look) {
        look.accept(change.key());
        Resource claim = change.newest();
        Optional<Owner> owner = claim.controller().filter(each -> each.kind().equals("Pod"));
        owner.ifPresent(each -> look.accept(ClaimView.pod(claim, each.name())));
    }

    private static void templateChanged(Resource template, World world, Consumer<ObjectKey> look) {
        for (Resource pod : world.list(PODS, template.namespace())) {
            for (JsonNode entry : pod.spec().path("resourceClaims")) {
                if (Resource.text(entry, "resourceClaimTemplateName").equals(template.name())) {
                    look.accept(pod.key(PODS));
                }
            }
        }
    }

    /** Pods that seem to be gone are looked up before anything is taken from them. */
    @Override
    public Needs needs(ObjectKey key, World world) {
        Optional<Resource> claim = world.get(key).filter(_ -> key.resource().equals(CLAIMS));
        if (claim.isEmpty()) {
            return Needs.NONE;
        }
        List<ObjectKey> doubtful = new ArrayList<>();
        for (Reservation each : Reservation.of(claim.get())) {
            ObjectKey pod = ClaimView.pod(claim.get(), each.name());
            boolean isThere =
                    world.get(pod)
                            .filter(found -> found.uid().value().equals(each.uid()))
                            .isPresent();
            if (each.isForPod() && !isThere) {
                doubtful.add(pod);
            }
        }
        return Needs.objects(doubtful);
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, World world, Instant now) {
        Optional<Resource> found = world.get(key);
        if (found.isEmpty()) {
            return Plan.settled();
        }
        return key.resource().equals(PODS)
                ? pods.reconcile(PodView.of(found.get(), world), now)
                : claims.reconcile(ClaimView.of(found.get(), world), now);
    }

    @Override
    public Optional<Action.Tell> refused(
            ObjectKey key, World world, Action action, String message) {
        if (!key.resource().equals(PODS) || !(action instanceof Action.Create)) {
            return Optional.empty();
        }
        return Remark.warning("FailedResourceClaimCreation", "PodResourceClaim: " + message)
                .about(key, world);
    }
}

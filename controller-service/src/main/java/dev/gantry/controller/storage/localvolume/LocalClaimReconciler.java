package dev.gantry.controller.storage.localvolume;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A volume for a claim that asks for one. */
final class LocalClaimReconciler implements Reconciler<LocalClaimView, Action> {
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;

    @Override
    public Plan<Action> reconcile(LocalClaimView view, Instant now) {
        Resource claim = view.claim();
        if (view.storageClass().isEmpty() || view.hasVolume()) {
            return Plan.settled();
        }
        Optional<String> obstacle = obstacle(view);
        if (obstacle.isPresent()) {
            return Plan.of(List.of(event(claim, true, "ProvisioningFailed", obstacle.get())));
        }
        if (LocalClaimView.selectedNode(claim).isEmpty()) {
            return Plan.settled();
        }
        if (view.node().isEmpty()) {
            return Plan.of(List.of(new Action.Update(CLAIMS, withoutNode(claim))));
        }
        String message =
                "External provisioner is provisioning volume for claim \"%s/%s\""
                        .formatted(claim.namespace(), claim.name());
        Resource volume = LocalVolume.of(claim, view.storageClass().get(), view.node().get());
        return Plan.of(
                List.of(
                        event(claim, false, "Provisioning", message),
                        new Action.Create(Resources.PERSISTENT_VOLUMES, volume)));
    }

    /** What the claim can never have from this provisioner. */
    private static Optional<String> obstacle(LocalClaimView view) {
        Resource claim = view.claim();
        String failed = "failed to provision volume with StorageClass \"%s\": ";
        String name = view.storageClass().orElseThrow().name();
        if (Resource.text(claim.spec(), "volumeMode").equals("Block")) {
            return Optional.of(failed.formatted(name) + "local volumes are folders, not devices");
        }
        if (claim.spec().path("dataSource").isObject()) {
            return Optional.of(failed.formatted(name) + "local volumes cannot be copied");
        }
        boolean isForConsumers =
                Resource.text(view.storageClass().get().tree(), "volumeBindingMode")
                        .equals("WaitForFirstConsumer");
        return isForConsumers
                ? Optional.empty()
                : Optional.of(
                        failed.formatted(name)
                                + "local volumes need volumeBindingMode WaitForFirstConsumer");
    }

    /** The scheduler chooses again. Compat: as external provisioners ask for it. */
    private static Resource withoutNode(Resource claim) {
        Resource next = claim.copy();
        if (next.mutableMetadata().path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(LocalClaimView.SELECTED_NODE);
        }
        return next;
    }

    private static Action event(Resource claim, boolean isWarning, String reason, String message) {
        return new Action.RecordEvent(CLAIMS, claim, isWarning, reason, message);
    }
}

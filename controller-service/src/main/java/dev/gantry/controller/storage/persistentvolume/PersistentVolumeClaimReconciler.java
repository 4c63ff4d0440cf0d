package dev.gantry.controller.storage.persistentvolume;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One step of a claim towards its volume. */
final class PersistentVolumeClaimReconciler
        implements Reconciler<PersistentVolumeClaimView, Action> {
    private static final String IN_TREE = "kubernetes.io/";

    @Override
    public Plan<Action> reconcile(PersistentVolumeClaimView view, Instant now) {
        return Plan.of(Storage.isComplete(view.claim()) ? complete(view) : incomplete(view));
    }

    private static List<Action> complete(PersistentVolumeClaimView view) {
        Resource claim = view.claim();
        if (Storage.volumeName(claim).isEmpty()) {
            return lost(
                    claim,
                    "ClaimLost",
                    "Bound claim has lost reference to PersistentVolume. Data on the volume is"
                            + " lost!");
        }
        if (view.named().isEmpty()) {
            return lost(
                    claim,
                    "ClaimLost",
                    "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
        }
        Resource volume = view.named().get();
        boolean isOurs =
                Storage.claimOf(volume).isEmpty()
                        || Storage.claimUid(volume).equals(claim.uid().value())
                        || Storage.isKeptFor(volume, claim);
        return isOurs
                ? bind(claim, volume)
                : lost(
                        claim,
                        "ClaimMisbound",
                        "Two claims are bound to the same volume, this one is bound incorrectly");
    }

    private static List<Action> incomplete(PersistentVolumeClaimView view) {
        if (view.claim().isBeingDeleted()) {
            return List.of();
        }
        if (!Storage.volumeName(view.claim()).isEmpty()) {
            return view.named()
                    .map(volume -> bindNamed(view.claim(), volume))
                    .orElseGet(() -> Phases.claim(view.claim(), "Pending"));
        }
        boolean isDelayed = view.isDelayed();
        return Match.best(view.claim(), view.volumes(), isDelayed)
                .map(volume -> bind(view.claim(), volume))
                .orElseGet(() -> withoutVolume(view, isDelayed));
    }

    private static List<Action> bindNamed(Resource claim, Resource volume) {
        if (Storage.claimOf(volume).isPresent()) {
            if (Storage.isKeptFor(volume, claim)) {
                return bind(claim, volume);
            }
            List<Action> pending = Phases.claim(claim, "Pending");
            boolean wasOurChoice = claim.annotations().containsKey(Storage.BY_CONTROLLER);
            String taken =
                    "volume \"%s\" already bound to a different claim.".formatted(volume.name());
            return pending.isEmpty() && wasOurChoice
                    ? List.of(warn(claim, "FailedBinding", taken))
                    : pending;
        }
        Optional<String> objection = Match.objection(volume, claim);
        return objection
                .map(
                        why ->
                                pending(
                                        claim,
                                        warn(
                                                claim,
                                                "VolumeMismatch",
                                                "Cannot bind to requested volume \"%s\": %s"
                                                        .formatted(volume.name(), why))))
                .orElseGet(() -> bind(claim, volume));
    }

    /** The volume's side first: it decides between claims. */
    private static List<Action> bind(Resource claim, Resource volume) {
        Optional<Resource> boundVolume = ClaimVolumeBinding.volume(volume, claim);
        if (boundVolume.isPresent()) {
            return List.of(new Action.Update(Storage.VOLUMES, boundVolume.get()));
        }
        Optional<Resource> boundClaim = ClaimVolumeBinding.claim(claim, volume);
        if (boundClaim.isPresent()) {
            return List.of(new Action.Update(Storage.CLAIMS, boundClaim.get()));
        }
        return Storage.phase(volume).equals("Bound") ? Phases.bound(claim, volume) : List.of();
    }

    private static List<Action> withoutVolume(PersistentVolumeClaimView view, boolean isDelayed) {
        Resource claim = view.claim();
        if (!Storage.hasClassName(claim) && view.defaultClass().isPresent()) {
            Resource classified = claim.copy();
            Resource.child(classified.tree(), "spec")
                    .put("storageClassName", view.defaultClass().get().name());
            return List.of(new Action.Update(Storage.CLAIMS, classified));
        }
        if (isDelayed && !view.hasNode()) {
            return pending(claim, waiting(view));
        }
        if (!Storage.className(claim).isEmpty()) {
            return provision(view);
        }
        return pending(
                claim,
                event(
                        claim,
                        "FailedBinding",
                        "no persistent volumes available for this claim and no storage class is"
                                + " set"));
    }

    private static Action waiting(PersistentVolumeClaimView view) {
        List<String> pods = view.waiting();
        if (pods.isEmpty()) {
            String message = "waiting for first consumer to be created before binding";
            return event(view.claim(), "WaitForFirstConsumer", message);
        }
        String message =
                pods.size() == 1
                        ? "waiting for pod %s to be scheduled".formatted(pods.getFirst())
                        : "waiting for pods %s to be scheduled".formatted(String.join(",", pods));
        return event(view.claim(), "WaitForPodScheduled", message);
    }

    /** Asks the class's external provisioner by annotation; nobody else makes volumes. */
    private static List<Action> provision(PersistentVolumeClaimView view) {
        Resource claim = view.claim();
        if (view.storageClass().isEmpty()) {
            String missing =
                    "storageclass.storage.k8s.io \"%s\" not found"
                            .formatted(Storage.className(claim));
            return pending(claim, warn(claim, "ProvisioningFailed", missing));
        }
        String provisioner = Resource.text(view.storageClass().get().tree(), "provisioner");
        if (provisioner.startsWith(IN_TREE)) {
            String unknown = "no volume plugin matched name: " + provisioner;
            return pending(claim, warn(claim, "ProvisioningFailed", unknown));
        }
        boolean isAsked =
                provisioner.equals(claim.annotations().get(Storage.PROVISIONER))
                        && provisioner.equals(claim.annotations().get(Storage.OLD_PROVISIONER));
        if (isAsked) {
            return pending(claim, event(claim, "ExternalProvisioning", patience(provisioner)));
        }
        Resource asking = claim.copy();
        ClaimVolumeBinding.annotate(asking, Storage.PROVISIONER, provisioner);
        ClaimVolumeBinding.annotate(asking, Storage.OLD_PROVISIONER, provisioner);
        return List.of(new Action.Update(Storage.CLAIMS, asking));
    }

    private static String patience(String provisioner) {
        return "Waiting for a volume to be created either by the external provisioner '%s' or"
                        .formatted(provisioner)
                + " manually by the system administrator. If volume creation is delayed, please"
                + " verify that the provisioner is running and correctly registered.";
    }

    /** What stands in the way is told once the claim says that it waits. */
    private static List<Action> pending(Resource claim, Action event) {
        List<Action> status = Phases.claim(claim, "Pending");
        return status.isEmpty() ? List.of(event) : status;
    }

    private static List<Action> lost(Resource claim, String reason, String message) {
        List<Action> status = Phases.claim(claim, "Lost");
        return status.isEmpty()
                ? List.of()
                : List.of(status.getFirst(), warn(claim, reason, message));
    }

    private static Action event(Resource claim, String reason, String message) {
        return new Action.RecordEvent(Storage.CLAIMS, claim, false, reason, message);
    }

    private static Action warn(Resource claim, String reason, String message) {
        return new Action.RecordEvent(Storage.CLAIMS, claim, true, reason, message);
    }
}

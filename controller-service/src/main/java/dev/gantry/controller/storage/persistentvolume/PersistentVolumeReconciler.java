package dev.gantry.controller.storage.persistentvolume;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One step of a volume: the phase that it is in, and what becomes of it once it is released. */
final class PersistentVolumeReconciler implements Reconciler<PersistentVolumeView, Action> {
    /** Compat: what the hostPath deleter of upstream is allowed to remove. */
    private static final String DELETABLE = "/tmp/.+";

    @Override
    public Plan<Action> reconcile(PersistentVolumeView view, Instant now) {
        return Plan.of(steps(view, now));
    }

    private static List<Action> steps(PersistentVolumeView view, Instant now) {
        Resource volume = view.volume();
        if (view.isBindable()) {
            return Phases.volume(volume, "Available", "", now);
        }
        if (view.claim().isEmpty()) {
            return released(volume, now);
        }
        Resource claim = view.claim().get();
        String chosen = Storage.volumeName(claim);
        if (chosen.isEmpty()) {
            return Match.hasMode(volume, claim) ? List.of() : mismatch(volume, claim);
        }
        if (chosen.equals(volume.name())) {
            return Phases.volume(volume, "Bound", "", now);
        }
        boolean wasMadeForIt =
                volume.annotations().containsKey(Storage.PROVISIONED_BY)
                        && policy(volume).equals("Delete");
        return wasMadeForIt
                ? released(volume, now)
                : List.of(new Action.Update(Storage.VOLUMES, ClaimVolumeBinding.dissolved(volume)));
    }

    private static List<Action> mismatch(Resource volume, Resource claim) {
        String ofVolume =
                "Cannot bind PersistentVolume to requested PersistentVolumeClaim \"%s\" due to"
                                .formatted(claim.name())
                        + " incompatible volumeMode.";
        String ofClaim =
                "Cannot bind PersistentVolume \"%s\" to requested PersistentVolumeClaim due to"
                                .formatted(volume.name())
                        + " incompatible volumeMode.";
        return List.of(
                new Action.RecordEvent(Storage.VOLUMES, volume, true, "VolumeMismatch", ofVolume),
                new Action.RecordEvent(Storage.CLAIMS, claim, true, "VolumeMismatch", ofClaim));
    }

    /** Released is said first and by itself: external provisioners wait for it. */
    private static List<Action> released(Resource volume, Instant now) {
        String phase = Storage.phase(volume);
        if (!phase.equals("Released") && !phase.equals("Failed")) {
            return Phases.volume(volume, "Released", "", now);
        }
        return switch (policy(volume)) {
            case "Retain" -> List.of();
            case "Delete" -> delete(volume, now);
            case "Recycle" ->
                    fail(
                            volume,
                            "VolumeFailedRecycle",
                            "No recycler plugin found for the volume!",
                            now);
            default ->
                    fail(
                            volume,
                            "VolumeUnknownReclaimPolicy",
                            "Volume has unrecognized reclaim policy",
                            now);
        };
    }

    private static List<Action> delete(Resource volume, Instant now) {
        if (volume.isBeingDeleted() || isExternal(volume)) {
            return List.of();
        }
        Optional<String> obstacle = obstacle(volume);
        return obstacle.isPresent()
                ? fail(volume, "VolumeFailedDelete", obstacle.get(), now)
                : List.of(
                        new Action.Delete(
                                volume.key(Storage.VOLUMES), volume.uid(), Propagation.BACKGROUND));
    }

    private static boolean isExternal(Resource volume) {
        String provisioner = volume.annotations().getOrDefault(Storage.PROVISIONED_BY, "");
        return !provisioner.isEmpty() && !provisioner.startsWith("kubernetes.io/");
    }

    /** Compat: the words of upstream's plugins, of which only hostPath can delete. */
    private static Optional<String> obstacle(Resource volume) {
        if (volume.spec().path("hostPath").isObject()) {
            String path = Resource.text(volume.spec().path("hostPath"), "path");
            return path.matches(DELETABLE)
                    ? Optional.empty()
                    : Optional.of(
                            "host_path deleter only supports /tmp/.+ but received provided "
                                    + path);
        }
        boolean isKnown =
                volume.spec().path("local").isObject() || volume.spec().path("nfs").isObject();
        return Optional.of(
                "error getting deleter volume plugin for volume \"%s\": %s"
                        .formatted(
                                volume.name(),
                                isKnown
                                        ? "no deletable volume plugin matched"
                                        : "no volume plugin matched"));
    }

    private static List<Action> fail(Resource volume, String reason, String message, Instant now) {
        List<Action> actions = new ArrayList<>(Phases.volume(volume, "Failed", message, now));
        if (!actions.isEmpty()) {
            actions.add(new Action.RecordEvent(Storage.VOLUMES, volume, true, reason, message));
        }
        return actions;
    }

    /** Compat: a volume that a person made is retained. */
    private static String policy(Resource volume) {
        String policy = Resource.text(volume.spec(), "persistentVolumeReclaimPolicy");
        return policy.isEmpty() ? "Retain" : policy;
    }
}

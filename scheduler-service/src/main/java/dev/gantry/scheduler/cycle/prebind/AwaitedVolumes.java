package dev.gantry.scheduler.cycle.prebind;

import dev.gantry.model.effect.Effect;
import dev.gantry.scheduler.cycle.prebind.Preparations.Prepared;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.volume.Volume;
import dev.gantry.scheduler.snapshot.volume.VolumeClaim;
import java.util.Optional;

/** Volumes that are provisioned while their pod waits. Compat: {@code checkBindings}. */
final class AwaitedVolumes {
    private static final String PREFIX =
            "running PreBind plugin \"VolumeBinding\": binding volumes: ";

    private AwaitedVolumes() {}

    static Progress progress(
            Effect.OnVolumes effect,
            Prepared prepared,
            ClusterSnapshot snapshot,
            Patience patience) {
        Effect.Target claim =
                switch (effect) {
                    case Effect.SelectNode select -> select.claim();
                    case Effect.BindVolume bind -> bind.claim();
                };
        return progress(claim, prepared, snapshot, patience);
    }

    private static Progress progress(
            Effect.Target awaited, Prepared prepared, ClusterSnapshot snapshot, Patience patience) {
        Optional<VolumeClaim> claim =
                snapshot.volumes().toldClaim(awaited.namespace(), awaited.name());
        if (claim.isEmpty()) {
            return failed("persistentvolumeclaim \"" + awaited.name() + "\" not found");
        }
        Optional<String> problem = problem(claim.get(), prepared, snapshot);
        if (problem.isPresent()) {
            return failed(problem.get());
        }
        if (hasVolume(claim.get(), snapshot)) {
            return Progress.READY;
        }
        if (patience.isOver()) {
            return failed("context deadline exceeded");
        }
        return prepared.told().contains(effectName(claim.get()))
                ? Progress.WAITING
                : Progress.UNSEEN;
    }

    /** A provisioner that gives up takes the node off the claim. */
    private static Optional<String> problem(
            VolumeClaim claim, Prepared prepared, ClusterSnapshot snapshot) {
        if (claim.selectedNode().equals(prepared.node())) {
            prepared.told().add(effectName(claim));
        } else if (prepared.told().contains(effectName(claim))) {
            return Optional.of("provisioning failed for PVC \"%s\"".formatted(claim.name()));
        }
        Optional<Volume> volume = snapshot.volumes().volume(claim.volumeName());
        Optional<NodeView> node = snapshot.node(prepared.node());
        if (node.isEmpty()) {
            return Optional.of("failed to get node \"%s\"".formatted(prepared.node()));
        }
        boolean isElsewhere =
                volume.filter(each -> !each.isReachableFrom(node.get().facts().labels()))
                        .isPresent();
        return isElsewhere
                ? Optional.of(
                        "pv \"%s\" node affinity doesn't match node \"%s\""
                                .formatted(claim.volumeName(), prepared.node()))
                : Optional.empty();
    }

    private static String effectName(VolumeClaim claim) {
        return "persistentvolumeclaims/" + claim.name();
    }

    private static boolean hasVolume(VolumeClaim claim, ClusterSnapshot snapshot) {
        return claim.isBound() && snapshot.volumes().volume(claim.volumeName()).isPresent();
    }

    private static Progress failed(String why) {
        return Progress.failed(PREFIX + why);
    }
}

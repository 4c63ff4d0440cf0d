package dev.gantry.scheduler.plugin.volumebinding;

import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.volume.PodVolumes.ClaimUse;
import dev.gantry.scheduler.snapshot.volume.ProvisioningClass;
import dev.gantry.scheduler.snapshot.volume.VolumeBook;
import dev.gantry.scheduler.snapshot.volume.VolumeClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pod's volume claims by how far they are.
 *
 * @param bound have their volume
 * @param delayed wait for the pod to be placed
 * @param immediate should have a volume already, and have none
 */
record ClaimsOfPod(
        List<VolumeClaim> bound, List<VolumeClaim> delayed, List<VolumeClaim> immediate) {
    /** Claims that are not there are left out: see {@link #problem}. */
    static ClaimsOfPod of(PodInfo pod, VolumeBook volumes) {
        List<VolumeClaim> bound = new ArrayList<>();
        List<VolumeClaim> delayed = new ArrayList<>();
        List<VolumeClaim> immediate = new ArrayList<>();
        for (ClaimUse each : pod.needs().volumes().claims()) {
            Optional<VolumeClaim> claim = volumes.claim(pod.key().namespace(), each.claim());
            if (claim.isEmpty()) {
                continue;
            }
            List<VolumeClaim> kind =
                    claim.get().isBound()
                            ? bound
                            : isDelayed(claim.get(), volumes) ? delayed : immediate;
            if (!kind.contains(claim.get())) {
                kind.add(claim.get());
            }
        }
        return new ClaimsOfPod(bound, delayed, immediate);
    }

    /** Compat: {@code podHasPVCs}: what is wrong with a claim, whatever the node. */
    static Optional<String> problem(PodInfo pod, VolumeBook volumes) {
        for (ClaimUse each : pod.needs().volumes().claims()) {
            Optional<VolumeClaim> claim = volumes.claim(pod.key().namespace(), each.claim());
            Optional<String> found =
                    claim.isEmpty() ? Optional.of(missing(each)) : problem(pod, each, claim.get());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static String missing(ClaimUse use) {
        String words =
                use.isEphemeral()
                        ? "waiting for ephemeral volume controller to create the"
                                + " persistentvolumeclaim \"%s\""
                        : "persistentvolumeclaim \"%s\" not found";
        return words.formatted(use.claim());
    }

    private static Optional<String> problem(PodInfo pod, ClaimUse use, VolumeClaim claim) {
        if (claim.isLost()) {
            return Optional.of(
                    "persistentvolumeclaim \"%s\" bound to non-existent persistentvolume \"%s\""
                            .formatted(claim.name(), claim.volumeName()));
        }
        if (claim.isLeaving()) {
            return Optional.of(
                    "persistentvolumeclaim \"%s\" is being deleted".formatted(claim.name()));
        }
        if (use.isEphemeral() && !claim.ownerUid().equals(pod.uid().value())) {
            return Optional.of(
                    "PVC %s was not created for pod %s (pod is not owner)"
                            .formatted(claim.key(), pod.key().path()));
        }
        return Optional.empty();
    }

    /** Compat: a claim that names its volume waits for the binder, not for us. */
    private static boolean isDelayed(VolumeClaim claim, VolumeBook volumes) {
        return claim.volumeName().isEmpty()
                && volumes.storageClass(claim.className())
                        .filter(ProvisioningClass::isForConsumers)
                        .isPresent();
    }
}

package dev.gantry.scheduler.plugin.volumerestrictions;

import dev.gantry.scheduler.plugin.Relation;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.volume.InlineDisk;
import dev.gantry.scheduler.snapshot.volume.PodVolumes.ClaimUse;
import dev.gantry.scheduler.snapshot.volume.VolumeBook;
import dev.gantry.scheduler.snapshot.volume.VolumeClaim;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * No two pods of a node have the same network disk, and a ReadWriteOncePod claim has one pod.
 *
 * <p>Compat: volumerestrictions. A claim that a pod uses on any node is taken on all of them.
 */
public final class VolumeRestrictions implements Relation {
    private static final Verdict DISK_TAKEN = Verdict.untilFreed("node(s) had no available disk");
    private static final Verdict CLAIM_TAKEN =
            Verdict.untilFreed(
                    "node has pod using PersistentVolumeClaim with the same name and"
                            + " ReadWriteOncePod access mode");

    @Override
    public String name() {
        return "VolumeRestrictions";
    }

    @Override
    public boolean concerns(PodInfo pod, ClusterSnapshot snapshot) {
        return !pod.needs().volumes().isNone();
    }

    @Override
    public Optional<String> preFilter(PodInfo pod, ClusterSnapshot snapshot) {
        for (ClaimUse each : pod.needs().volumes().claims()) {
            boolean isThere =
                    each.isEphemeral()
                            || snapshot.volumes()
                                    .claim(pod.key().namespace(), each.claim())
                                    .isPresent();
            if (!isThere) {
                return Optional.of(
                        "persistentvolumeclaim \"%s\" not found".formatted(each.claim()));
            }
        }
        return Optional.empty();
    }

    @Override
    public Function<NodeView, Verdict> prepare(PodInfo pod, ClusterSnapshot snapshot) {
        VolumeBook volumes = snapshot.volumes();
        boolean isTaken =
                pod.needs().volumes().claims().stream()
                        .anyMatch(each -> isTaken(pod.key().namespace(), each, volumes));
        List<InlineDisk> disks = pod.needs().volumes().disks();
        return node -> {
            for (InlineDisk each : disks) {
                if (volumes.hasConflict(node.name(), each)) {
                    return DISK_TAKEN;
                }
            }
            return isTaken ? CLAIM_TAKEN : Verdict.FITS;
        };
    }

    private static boolean isTaken(String namespace, ClaimUse use, VolumeBook volumes) {
        return !use.isEphemeral()
                && volumes.claim(namespace, use.claim())
                        .filter(c -> c.accessModes().contains(VolumeClaim.ONE_POD_ONLY))
                        .isPresent()
                && volumes.isUsed(namespace, use.claim());
    }
}

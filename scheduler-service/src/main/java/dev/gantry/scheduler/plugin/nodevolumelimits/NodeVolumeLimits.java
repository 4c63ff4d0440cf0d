package dev.gantry.scheduler.plugin.nodevolumelimits;

import dev.gantry.scheduler.plugin.Relation;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.volume.AttachLimits;
import dev.gantry.scheduler.snapshot.volume.Attachment;
import dev.gantry.scheduler.snapshot.volume.PodVolumes;
import dev.gantry.scheduler.snapshot.volume.ProvisioningClass;
import dev.gantry.scheduler.snapshot.volume.UsedVolumes;
import dev.gantry.scheduler.snapshot.volume.Volume;
import dev.gantry.scheduler.snapshot.volume.VolumeBook;
import dev.gantry.scheduler.snapshot.volume.VolumeClaim;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A node attaches no more volumes of a CSI driver than its CSINode says.
 *
 * <p>Compat: nodevolumelimits' csi.go. A volume counts once however many pods use it; one that is
 * still to be provisioned counts by its claim; a driver that the CSINode does not name has no
 * limit. A volume counts from its VolumeAttachment's beginning to its end, so that nothing is
 * preempted for room that pods leave only later. The limit must hold whether or not the pods come
 * that are only nominated: a volume that one of them shares is not attached yet.
 */
public final class NodeVolumeLimits implements Relation {
    private static final Verdict TOO_MANY = Verdict.untilFreed("node(s) exceed max volume count");

    @Override
    public String name() {
        return "NodeVolumeLimits";
    }

    @Override
    public boolean concerns(PodInfo pod, ClusterSnapshot snapshot) {
        PodVolumes volumes = pod.needs().volumes();
        return !volumes.claims().isEmpty() || !volumes.attachments().isEmpty();
    }

    @Override
    public Function<NodeView, Verdict> prepare(PodInfo pod, ClusterSnapshot snapshot) {
        VolumeBook volumes = snapshot.volumes();
        Set<Attachment> wanted = new HashSet<>();
        collect(pod.key().namespace(), pod.needs().volumes(), volumes, wanted);
        return node -> {
            Optional<AttachLimits> limits =
                    wanted.isEmpty() ? Optional.empty() : volumes.limits(node.name());
            return limits.isEmpty() || hasRoom(node, limits.get(), wanted, snapshot)
                    ? Verdict.FITS
                    : TOO_MANY;
        };
    }

    private static boolean hasRoom(
            NodeView node, AttachLimits limits, Set<Attachment> wanted, ClusterSnapshot snapshot) {
        VolumeBook volumes = snapshot.volumes();
        Set<Attachment> there = new HashSet<>(volumes.attachedTo(node.name()));
        Set<Attachment> surely = new HashSet<>(there);
        for (UsedVolumes each : volumes.usedOn(node.name())) {
            collect(each.namespace(), each.volumes(), volumes, there);
            if (!snapshot.isNominated(each.pod())) {
                collect(each.namespace(), each.volumes(), volumes, surely);
            }
        }
        return hasRoom(limits, wanted, there) && hasRoom(limits, wanted, surely);
    }

    private static boolean hasRoom(
            AttachLimits limits, Set<Attachment> wanted, Set<Attachment> there) {
        Set<Attachment> added = new HashSet<>(wanted);
        added.removeAll(there);
        Map<String, Integer> before = countByDriver(there);
        for (Map.Entry<String, Integer> each : countByDriver(added).entrySet()) {
            Integer limit = limits.byDriver().get(each.getKey());
            int sum = before.getOrDefault(each.getKey(), 0) + each.getValue();
            if (limit != null && sum > limit) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, Integer> countByDriver(Set<Attachment> attachments) {
        Map<String, Integer> counts = new HashMap<>();
        attachments.forEach(each -> counts.merge(each.driver(), 1, Integer::sum));
        return counts;
    }

    private static void collect(
            String namespace, PodVolumes of, VolumeBook volumes, Set<Attachment> found) {
        found.addAll(of.attachments());
        for (PodVolumes.ClaimUse each : of.claims()) {
            volumes.claim(namespace, each.claim())
                    .flatMap(claim -> attachment(claim, volumes))
                    .ifPresent(found::add);
        }
    }

    /** Compat: without a volume the class's provisioner is taken for the driver. */
    private static Optional<Attachment> attachment(VolumeClaim claim, VolumeBook volumes) {
        Optional<Volume> volume =
                claim.volumeName().isEmpty()
                        ? Optional.empty()
                        : volumes.volume(claim.volumeName());
        return volume.isPresent()
                ? volume.get().attachment()
                : volumes.storageClass(claim.className())
                        .filter(ProvisioningClass::canProvision)
                        .map(each -> Attachment.of(claim, each));
    }
}

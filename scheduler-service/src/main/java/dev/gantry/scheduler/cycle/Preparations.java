package dev.gantry.scheduler.cycle;

import dev.gantry.model.message.Binding;
import dev.gantry.model.message.Binding.Party;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodDemand;
import dev.gantry.scheduler.snapshot.volume.PodVolumes.ClaimUse;
import dev.gantry.scheduler.snapshot.volume.Volume;
import dev.gantry.scheduler.snapshot.volume.VolumeClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pods that have their node and wait to be bound until others have done their part there, such as
 * to provision a volume. The pods of a gang wait for each other: they are bound all or none.
 *
 * <pre>
 *   placed ──► prepared ──all claims bound──► ready: the binding goes out
 *                  └──node taken off a claim, claim or another pod of the gang gone, ten minutes
 *                     over──► failed: tried anew
 * </pre>
 */
final class Preparations {
    /** Compat: VolumeBindingArgs.bindTimeoutSeconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Map<Uid, Group> waiting = new LinkedHashMap<>();

    /** What has become of a preparation. */
    sealed interface Outcome {
        /** All of them are to be bound now. */
        record Ready(Group group) implements Outcome {}

        /**
         * @param pods those that are still there
         * @param why upstream's words
         */
        record Failed(List<Prepared> pods, String why) implements Outcome {}
    }

    /**
     * @param binding what binds the pod in the end
     * @param told names of claims that the feed has shown with the node on them
     */
    record Prepared(PodDemand pod, Binding binding, Set<String> told) {
        static Prepared of(PodDemand pod, Binding binding) {
            return new Prepared(pod, binding, new HashSet<>());
        }

        String node() {
            return binding.node();
        }
    }

    /**
     * Those that are bound together.
     *
     * @param gang whom state counts as the whole gang; none for a pod on its own
     */
    record Group(Party gang, List<Prepared> pods, Instant since) {}

    void add(Group group) {
        group.pods.forEach(each -> waiting.put(each.pod.uid(), group));
    }

    void remove(Uid pod) {
        waiting.remove(pod);
    }

    /** Takes out those that wait no longer. */
    List<Outcome> settle(ClusterSnapshot snapshot, Instant now) {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<Outcome> settled = new ArrayList<>();
        for (Group each : new LinkedHashSet<>(waiting.values())) {
            Optional<Outcome> outcome = outcome(each, snapshot, now);
            outcome.ifPresent(_ -> waiting.values().removeIf(each::equals));
            outcome.ifPresent(settled::add);
        }
        return settled;
    }

    private Optional<Outcome> outcome(Group group, ClusterSnapshot snapshot, Instant now) {
        List<Prepared> there = group.pods.stream().filter(each -> isWaiting(each, group)).toList();
        if (there.size() < group.pods.size()) {
            return Optional.of(new Outcome.Failed(there, "not all pods of the group are left"));
        }
        boolean isReady = true;
        for (Prepared each : there) {
            Progress progress = progress(each, snapshot);
            if (!progress.problem.isEmpty()) {
                return Optional.of(new Outcome.Failed(there, progress.problem));
            }
            isReady &= progress.isReady;
        }
        if (isReady) {
            return Optional.of(new Outcome.Ready(group));
        }
        return group.since.plus(PATIENCE).isAfter(now)
                ? Optional.empty()
                : Optional.of(new Outcome.Failed(there, "context deadline exceeded"));
    }

    private boolean isWaiting(Prepared pod, Group group) {
        return group.equals(waiting.get(pod.pod.uid()));
    }

    /** How far one pod's claims are; a problem ends it for all. */
    private record Progress(boolean isReady, String problem) {}

    private static Progress progress(Prepared prepared, ClusterSnapshot snapshot) {
        boolean isReady = true;
        for (ClaimUse each : prepared.pod.needs().volumes().claims()) {
            Optional<VolumeClaim> claim =
                    snapshot.volumes().toldClaim(prepared.pod.key().namespace(), each.claim());
            Optional<String> problem =
                    claim.isEmpty()
                            ? Optional.of(
                                    "persistentvolumeclaim \"" + each.claim() + "\" not found")
                            : problem(claim.get(), prepared, snapshot);
            if (problem.isPresent()) {
                return new Progress(false, problem.get());
            }
            isReady &= claim.filter(found -> hasVolume(found, snapshot)).isPresent();
        }
        return new Progress(isReady, "");
    }

    /** Compat: {@code checkBindings}: a provisioner that gives up takes the node off the claim. */
    private static Optional<String> problem(
            VolumeClaim claim, Prepared prepared, ClusterSnapshot snapshot) {
        if (claim.selectedNode().equals(prepared.node())) {
            prepared.told.add(claim.name());
        } else if (prepared.told.contains(claim.name())) {
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

    private static boolean hasVolume(VolumeClaim claim, ClusterSnapshot snapshot) {
        return claim.isBound() && snapshot.volumes().volume(claim.volumeName()).isPresent();
    }
}

package dev.gantry.scheduler.cycle;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodDemand;
import dev.gantry.scheduler.snapshot.volume.PodVolumes.ClaimUse;
import dev.gantry.scheduler.snapshot.volume.Volume;
import dev.gantry.scheduler.snapshot.volume.VolumeClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pods that have their node and wait to be bound until others have done their part there, such as
 * to provision a volume.
 *
 * <pre>
 *   placed ──► prepared ──all claims bound──► ready: the binding goes out
 *                  └──node taken off a claim, claim gone, ten minutes over──► failed: tried anew
 * </pre>
 */
final class Preparations {
    /** Compat: VolumeBindingArgs.bindTimeoutSeconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Map<Uid, Prepared> waiting = new LinkedHashMap<>();

    /** What has become of a pod's preparation. */
    sealed interface Outcome {
        Prepared prepared();

        record Ready(Prepared prepared) implements Outcome {}

        /**
         * @param why upstream's words
         */
        record Failed(Prepared prepared, String why) implements Outcome {}
    }

    /**
     * @param together what is committed along with the binding
     * @param told names of claims that the feed has shown with the node on them
     */
    record Prepared(
            PodDemand pod, String node, List<Effect> together, Instant since, Set<String> told) {}

    void add(PodDemand pod, String node, List<Effect> together, Instant now) {
        waiting.put(pod.uid(), new Prepared(pod, node, together, now, new HashSet<>()));
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
        for (Prepared each : waiting.values()) {
            outcome(each, snapshot, now).ifPresent(settled::add);
        }
        settled.forEach(each -> waiting.remove(each.prepared().pod().uid()));
        return settled;
    }

    private static Optional<Outcome> outcome(
            Prepared prepared, ClusterSnapshot snapshot, Instant now) {
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
                return Optional.of(new Outcome.Failed(prepared, problem.get()));
            }
            isReady &= claim.filter(found -> hasVolume(found, snapshot)).isPresent();
        }
        if (isReady) {
            return Optional.of(new Outcome.Ready(prepared));
        }
        return prepared.since.plus(PATIENCE).isAfter(now)
                ? Optional.empty()
                : Optional.of(new Outcome.Failed(prepared, "context deadline exceeded"));
    }

    /** Compat: {@code checkBindings}: a provisioner that gives up takes the node off the claim. */
    private static Optional<String> problem(
            VolumeClaim claim, Prepared prepared, ClusterSnapshot snapshot) {
        if (claim.selectedNode().equals(prepared.node)) {
            prepared.told.add(claim.name());
        } else if (prepared.told.contains(claim.name())) {
            return Optional.of("provisioning failed for PVC \"%s\"".formatted(claim.name()));
        }
        Optional<Volume> volume = snapshot.volumes().volume(claim.volumeName());
        Optional<NodeView> node = snapshot.node(prepared.node);
        if (node.isEmpty()) {
            return Optional.of("failed to get node \"%s\"".formatted(prepared.node));
        }
        boolean isElsewhere =
                volume.filter(each -> !each.isReachableFrom(node.get().facts().labels()))
                        .isPresent();
        return isElsewhere
                ? Optional.of(
                        "pv \"%s\" node affinity doesn't match node \"%s\""
                                .formatted(claim.volumeName(), prepared.node))
                : Optional.empty();
    }

    private static boolean hasVolume(VolumeClaim claim, ClusterSnapshot snapshot) {
        return claim.isBound() && snapshot.volumes().volume(claim.volumeName()).isPresent();
    }
}

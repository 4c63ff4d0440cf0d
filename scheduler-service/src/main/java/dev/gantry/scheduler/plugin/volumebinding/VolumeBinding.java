package dev.gantry.scheduler.plugin.volumebinding;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.scheduler.plugin.Consequences;
import dev.gantry.scheduler.plugin.Relation;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.volume.Volume;
import dev.gantry.scheduler.snapshot.volume.VolumeClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Bound volumes can be reached from the node, and claims that waited for the pod find a volume
 * there, or one can be provisioned.
 *
 * <p>Example: claim data (5Gi, class local, WaitForFirstConsumer); volumes v1 (10Gi, node a), v2
 * (8Gi, node b), v3 (20Gi, node b). Node a passes with v1, node b with v2, node c is rejected. If
 * the pod goes to b, data and v2 are bound in the binding's own transaction. If the class can
 * provision, c passes too: then the claim is told the node, and the pod is bound once the claim is.
 *
 * <p>Compat: volumebinding. Upstream writes only the volume and waits for its binder; here both
 * sides are written at once.
 */
public final class VolumeBinding implements Relation {
    private static final String NODE_CONFLICT =
            "node(s) didn't match PersistentVolume's node affinity";
    private static final String NO_MATCH =
            "node(s) didn't find available persistent volumes to bind";
    private static final String NO_ROOM = "node(s) did not have enough free storage";
    private static final String NO_VOLUME =
            "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)";
    private static final String UNBOUND = "pod has unbound immediate PersistentVolumeClaims";

    @Override
    public String name() {
        return "VolumeBinding";
    }

    @Override
    public boolean concerns(PodInfo pod, ClusterSnapshot snapshot) {
        return !pod.needs().volumes().claims().isEmpty();
    }

    @Override
    public Optional<String> preFilter(PodInfo pod, ClusterSnapshot snapshot) {
        Optional<String> problem = ClaimsOfPod.problem(pod, snapshot.volumes());
        if (problem.isPresent()) {
            return problem;
        }
        return ClaimsOfPod.of(pod, snapshot.volumes()).immediate().isEmpty()
                ? Optional.empty()
                : Optional.of(UNBOUND);
    }

    @Override
    public Function<NodeView, Verdict> prepare(PodInfo pod, ClusterSnapshot snapshot) {
        ClaimsOfPod claims = ClaimsOfPod.of(pod, snapshot.volumes());
        List<Optional<Volume>> bound = new ArrayList<>();
        claims.bound().forEach(each -> bound.add(snapshot.volumes().volume(each.volumeName())));
        var search = new VolumeSearch(claims.delayed(), snapshot.volumes());
        return node -> {
            List<String> reasons = new ArrayList<>();
            boundProblem(bound, node).filter(NODE_CONFLICT::equals).ifPresent(reasons::add);
            switch (search.on(node).shortage()) {
                case NONE -> {}
                case NO_MATCH -> reasons.add(NO_MATCH);
                case NO_ROOM -> reasons.add(NO_ROOM);
            }
            boundProblem(bound, node).filter(NO_VOLUME::equals).ifPresent(reasons::add);
            return reasons.isEmpty() ? Verdict.FITS : new Verdict.Rejects(reasons, false);
        };
    }

    @Override
    public Consequences consequences(PodInfo pod, NodeView node, ClusterSnapshot snapshot) {
        ClaimsOfPod claims = ClaimsOfPod.of(pod, snapshot.volumes());
        if (claims.delayed().isEmpty()) {
            return Consequences.NONE;
        }
        VolumeSearch.Found found = new VolumeSearch(claims.delayed(), snapshot.volumes()).on(node);
        List<Effect> effects = new ArrayList<>();
        found.matches()
                .forEach(
                        (claim, volume) ->
                                effects.add(
                                        new Effect.BindVolume(claim.target(), volume.target())));
        for (VolumeClaim each : found.provisions()) {
            effects.add(new Effect.SelectNode(each.target(), node.name()));
        }
        return found.provisions().isEmpty()
                ? new Consequences(List.of(), effects)
                : new Consequences(effects, List.of());
    }

    /** The first claim that has one decides. */
    private static Optional<String> boundProblem(List<Optional<Volume>> bound, NodeView node) {
        for (Optional<Volume> each : bound) {
            if (each.isEmpty()) {
                return Optional.of(NO_VOLUME);
            }
            if (!each.get().isReachableFrom(node.facts().labels())) {
                return Optional.of(NODE_CONFLICT);
            }
        }
        return Optional.empty();
    }

    /** How much a claim asks for, in the order in which claims choose. */
    static Quantity size(VolumeClaim claim) {
        return claim.asked().orElse(Quantity.ZERO);
    }
}

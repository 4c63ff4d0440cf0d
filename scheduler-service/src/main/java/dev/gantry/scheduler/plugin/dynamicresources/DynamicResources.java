package dev.gantry.scheduler.plugin.dynamicresources;

import dev.gantry.model.device.Readiness;
import dev.gantry.model.effect.Effect;
import dev.gantry.scheduler.plugin.Consequences;
import dev.gantry.scheduler.plugin.Relation;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.device.DeviceBook;
import dev.gantry.scheduler.snapshot.device.DeviceClaim;
import dev.gantry.scheduler.snapshot.device.DeviceRequest;
import dev.gantry.scheduler.snapshot.device.PodClaims.ClaimUse;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every resource claim of the pod has its devices where they can be used from the node, or can get
 * them there; and so do the extended resources that the node has no plugin for, but a class of
 * devices.
 *
 * <p>Compat: dynamicresources. A claim whose devices another pod's binding carries at the moment is
 * waited for. Where devices have conditions, the claims are allocated first, and the pod is bound
 * when these are true; a claim whose devices failed is in the way everywhere. An error, such as in
 * a CEL expression, rejects the node with upstream's words, where upstream gives up on the pod for
 * the time being.
 */
public final class DynamicResources implements Relation {
    private static final Verdict NO_DEVICES = Verdict.never("cannot allocate all claims");
    private static final String NOT_HERE = "resourceclaim not available on the node";
    private static final Verdict ELSEWHERE = Verdict.never(NOT_HERE);

    private final Selectors selectors = new Selectors();

    /**
     * The preference of pods whose claims have alternatives; it asks by the same compiled
     * expressions.
     */
    public DynamicResourcesScore alternatives() {
        return new DynamicResourcesScore(selectors);
    }

    @Override
    public String name() {
        return "DynamicResources";
    }

    @Override
    public boolean concerns(PodInfo pod, ClusterSnapshot snapshot) {
        return pod.hasClaims();
    }

    @Override
    public Optional<String> preFilter(PodInfo pod, ClusterSnapshot snapshot) {
        DeviceBook book = snapshot.devices();
        for (ClaimUse use : pod.needs().claims().claims()) {
            if (use.claim().isEmpty()) {
                return Optional.of(
                        "pod \"%s\": ResourceClaim not created yet".formatted(pod.key().path()));
            }
            String name = use.claim().get();
            Optional<DeviceClaim> claim = book.claim(pod.key().namespace(), name);
            if (claim.isEmpty()) {
                return Optional.of("resourceclaim \"%s\" not found".formatted(name));
            }
            Optional<String> found = preFilter(pod, use, claim.get(), book);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> preFilter(
            PodInfo pod, ClaimUse use, DeviceClaim claim, DeviceBook book) {
        if (claim.isLeaving()) {
            return Optional.of("resourceclaim \"%s\" is being deleted".formatted(claim.name()));
        }
        if (use.isMadeForPod() && !claim.ownerUid().equals(pod.uid().value())) {
            return Optional.of(
                    "ResourceClaim %s was not created for pod %s (pod is not owner)"
                            .formatted(claim.key(), pod.key().path()));
        }
        if (claim.allocation().isPresent()) {
            return claim.canBeReserved() || claim.isReservedFor(pod.uid())
                    ? Optional.empty()
                    : Optional.of("resourceclaim in use");
        }
        return book.isInFlight(claim)
                ? Optional.of(
                        "resource claim %s is in the process of being allocated"
                                .formatted(claim.key()))
                : missingClass(claim, book);
    }

    private static Optional<String> missingClass(DeviceClaim claim, DeviceBook book) {
        for (DeviceRequest request : claim.requests()) {
            for (DeviceRequest.Option option : request.options()) {
                if (book.deviceClass(option.className()).isEmpty()) {
                    return Optional.of(
                            "request %s: device class %s does not exist"
                                    .formatted(option.name(), option.className()));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Function<NodeView, Verdict> prepare(PodInfo pod, ClusterSnapshot snapshot) {
        var needed = new NeededDevices(pod, snapshot, selectors);
        return node ->
                switch (needed.allocateOn(node)) {
                    case Allocator.Outcome.Nothing _ -> NO_DEVICES;
                    case Allocator.Outcome.Failed failed -> Verdict.never(failed.why());
                    case Allocator.Outcome.Found _ ->
                            areUsable(needed.allocated(), node) ? Verdict.FITS : ELSEWHERE;
                };
    }

    @Override
    public Consequences consequences(PodInfo pod, NodeView node, ClusterSnapshot snapshot) {
        var needed = new NeededDevices(pod, snapshot, selectors);
        List<Effect> effects = new ArrayList<>();
        boolean mustWait = false;
        for (DeviceClaim each : needed.allocated()) {
            mustWait |= !each.readiness().equals(Readiness.READY);
            effects.add(new Effect.ReserveClaim(each.target()));
        }
        if (needed.allocateOn(node) instanceof Allocator.Outcome.Found found) {
            mustWait |= found.byClaim().stream().flatMap(List::stream).anyMatch(Grant::mustWait);
            effects.addAll(allocations(needed, found, node, snapshot.devices()));
        }
        return mustWait
                ? new Consequences(effects, List.of())
                : new Consequences(List.of(), effects);
    }

    private static List<Effect> allocations(
            NeededDevices needed, Allocator.Outcome.Found found, NodeView node, DeviceBook book) {
        List<Effect> effects = new ArrayList<>();
        List<DeviceClaim> all = needed.toAllocate(node);
        for (int i = 0; i < all.size(); i++) {
            DeviceClaim claim = all.get(i);
            ObjectNode allocation =
                    AllocationWriter.write(claim, found.byClaim().get(i), node.name(), book);
            effects.add(
                    i < needed.open().size()
                            ? new Effect.AllocateClaim(claim.target(), allocation)
                            : needed.made(node).orElseThrow().effect(allocation));
        }
        return effects;
    }

    /**
     * Compat: {@code PostFilter}, which takes any of the claims that hold the pod to nodes without
     * room for it; this one the first. One that other pods hold, too, is given back by each of
     * them: else they would wait for each other. Upstream has them do so as they fail ({@code
     * Unreserve}), when another leader may have taken over.
     */
    @Override
    public Optional<Effect> relief(
            PodInfo pod, SortedSet<String> reasons, ClusterSnapshot snapshot) {
        if (!reasons.contains(NOT_HERE)) {
            return Optional.empty();
        }
        return new NeededDevices(pod, snapshot, selectors)
                .allocated().stream()
                        .filter(each -> each.canBeGivenBackBy(pod.uid()))
                        .filter(each -> isInTheWay(each, snapshot))
                        .findFirst()
                        .map(DynamicResources::freeing);
    }

    /** The pod gives the claim back. */
    public static Effect freeing(DeviceClaim claim) {
        return new Effect.FreeClaim(claim.target());
    }

    private static boolean isInTheWay(DeviceClaim claim, ClusterSnapshot snapshot) {
        return claim.hasFailed()
                || snapshot.rows().stream()
                        .filter(NodeView::exists)
                        .anyMatch(node -> !areUsable(List.of(claim), node));
    }

    private static boolean areUsable(List<DeviceClaim> allocated, NodeView node) {
        for (DeviceClaim each : allocated) {
            if (each.hasFailed() || !each.isUsableFrom(node.name(), node.facts().labels())) {
                return false;
            }
        }
        return true;
    }
}

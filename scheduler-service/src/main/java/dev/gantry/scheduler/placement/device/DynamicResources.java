package dev.gantry.scheduler.placement.device;

import dev.gantry.model.effect.Effect;
import dev.gantry.scheduler.placement.device.ResourceClaimMaker.Made;
import dev.gantry.scheduler.placement.filter.Verdict;
import dev.gantry.scheduler.placement.relation.Consequences;
import dev.gantry.scheduler.placement.relation.Relation;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.device.DeviceBook;
import dev.gantry.scheduler.snapshot.device.DeviceClaim;
import dev.gantry.scheduler.snapshot.device.DeviceRequest;
import dev.gantry.scheduler.snapshot.device.PodClaims.ClaimUse;
import dev.gantry.scheduler.snapshot.pod.PodDemand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every resource claim of the pod has its devices where they can be used from the node, or can get
 * them there; and so do the extended resources that the node has no plugin for, but a class of
 * devices.
 *
 * <p>Compat: dynamicresources. A claim whose devices another pod's binding carries at the moment is
 * waited for. An error, such as in a CEL expression, rejects the node with upstream's words, where
 * upstream gives up on the pod for the time being.
 */
public final class DynamicResources implements Relation {
    private static final Verdict NO_DEVICES = Verdict.never("cannot allocate all claims");
    private static final Verdict ELSEWHERE =
            Verdict.never("resourceclaim not available on the node");

    private final Selectors selectors = new Selectors();

    @Override
    public String name() {
        return "DynamicResources";
    }

    @Override
    public boolean concerns(PodDemand pod, ClusterSnapshot snapshot) {
        return pod.hasClaims();
    }

    @Override
    public Optional<String> hindrance(PodDemand pod, ClusterSnapshot snapshot) {
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
            Optional<String> found = hindrance(pod, use, claim.get(), book);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> hindrance(
            PodDemand pod, ClaimUse use, DeviceClaim claim, DeviceBook book) {
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
    public Function<NodeView, Verdict> prepare(PodDemand pod, ClusterSnapshot snapshot) {
        List<DeviceClaim> open = new ArrayList<>();
        List<DeviceClaim> allocated = new ArrayList<>();
        for (DeviceClaim each : claims(pod, snapshot)) {
            (each.allocation().isEmpty() ? open : allocated).add(each);
        }
        var maker = new ResourceClaimMaker(pod, snapshot.devices());
        return node -> {
            List<DeviceClaim> all = with(maker.claimOn(node), open);
            if (!all.isEmpty()) {
                switch (Allocator.allocate(all, node, snapshot.devices(), selectors)) {
                    case Allocator.Outcome.Found _ -> {}
                    case Allocator.Outcome.Nothing _ -> {
                        return NO_DEVICES;
                    }
                    case Allocator.Outcome.Failed failed -> {
                        return Verdict.never(failed.why());
                    }
                }
            }
            return areUsable(allocated, node) ? Verdict.FITS : ELSEWHERE;
        };
    }

    /** The pod's own claims come first. */
    private static List<DeviceClaim> with(Optional<Made> made, List<DeviceClaim> open) {
        return made.isEmpty()
                ? open
                : Stream.concat(open.stream(), Stream.of(made.get().claim())).toList();
    }

    @Override
    public Consequences consequences(PodDemand pod, NodeView node, ClusterSnapshot snapshot) {
        List<Effect> effects = new ArrayList<>();
        List<DeviceClaim> open = new ArrayList<>();
        for (DeviceClaim each : claims(pod, snapshot)) {
            if (each.allocation().isEmpty()) {
                open.add(each);
            } else if (!each.isReservedFor(pod.uid())) {
                effects.add(new Effect.ReserveClaim(target(each)));
            }
        }
        DeviceBook book = snapshot.devices();
        Optional<Made> made = new ResourceClaimMaker(pod, book).claimOn(node);
        List<DeviceClaim> all = with(made, open);
        if (!all.isEmpty()
                && Allocator.allocate(all, node, book, selectors)
                        instanceof Allocator.Outcome.Found found) {
            for (int i = 0; i < all.size(); i++) {
                DeviceClaim claim = all.get(i);
                ObjectNode allocation =
                        AllocationWriter.write(claim, found.byClaim().get(i), node.name(), book);
                effects.add(
                        i < open.size()
                                ? new Effect.AllocateClaim(target(claim), allocation)
                                : made.orElseThrow().effect(allocation));
            }
        }
        return new Consequences(List.of(), effects);
    }

    private static boolean areUsable(List<DeviceClaim> allocated, NodeView node) {
        for (DeviceClaim each : allocated) {
            boolean isUsable =
                    each.allocation()
                            .filter(a -> a.isUsableFrom(node.name(), node.facts().labels()))
                            .isPresent();
            if (!isUsable) {
                return false;
            }
        }
        return true;
    }

    /** Each claim once, even where the pod names it twice. */
    private static List<DeviceClaim> claims(PodDemand pod, ClusterSnapshot snapshot) {
        return pod.needs().claims().claims().stream()
                .flatMap(each -> each.claim().stream())
                .distinct()
                .flatMap(name -> snapshot.devices().claim(pod.key().namespace(), name).stream())
                .toList();
    }

    private static Effect.Target target(DeviceClaim claim) {
        return new Effect.Target(claim.namespace(), claim.name(), claim.uid(), claim.revision());
    }
}

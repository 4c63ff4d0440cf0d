package dev.gantry.scheduler.plugin.dynamicresources;

import dev.gantry.scheduler.plugin.dynamicresources.ResourceClaimMaker.Made;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.device.DeviceBook;
import dev.gantry.scheduler.snapshot.device.DeviceClaim;
import dev.gantry.scheduler.snapshot.device.PodClaims;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The claims of one pod: those that have their devices, and those that would get them on a node.
 */
final class NeededDevices {
    private final DeviceBook book;
    private final Selectors selectors;
    private final ResourceClaimMaker maker;
    private final List<DeviceClaim> open = new ArrayList<>();
    private final List<DeviceClaim> allocated = new ArrayList<>();

    NeededDevices(PodInfo pod, ClusterSnapshot snapshot, Selectors selectors) {
        this.book = snapshot.devices();
        this.selectors = selectors;
        this.maker = new ResourceClaimMaker(pod, book);
        for (DeviceClaim each : claims(pod)) {
            (each.allocation().isEmpty() ? open : allocated).add(each);
        }
    }

    /**
     * Each claim once, even where the pod names it twice; with the one that was made for its
     * extended resources earlier.
     */
    private List<DeviceClaim> claims(PodInfo pod) {
        PodClaims claims = pod.needs().claims();
        return Stream.concat(
                        claims.claims().stream().flatMap(each -> each.claim().stream()),
                        claims.forResources().stream())
                .distinct()
                .flatMap(name -> book.claim(pod.key().namespace(), name).stream())
                .toList();
    }

    List<DeviceClaim> allocated() {
        return allocated;
    }

    /** The pod's own that have no devices yet. */
    List<DeviceClaim> open() {
        return open;
    }

    /** The one to be made for extended resources, if the pod goes to this node. */
    Optional<Made> made(NodeView node) {
        return maker.claimOn(node);
    }

    /** What is to be allocated on the node; the pod's own claims come first. */
    List<DeviceClaim> toAllocate(NodeView node) {
        Optional<Made> made = made(node);
        if (made.isEmpty()) {
            return open;
        }
        List<DeviceClaim> all = new ArrayList<>(open);
        all.add(made.get().claim());
        return all;
    }

    Allocator.Outcome allocateOn(NodeView node) {
        List<DeviceClaim> all = toAllocate(node);
        return all.isEmpty()
                ? new Allocator.Outcome.Found(List.of())
                : Allocator.allocate(all, node, book, selectors);
    }
}

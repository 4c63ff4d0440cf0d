package dev.gantry.controller.node.ipam;

import dev.gantry.model.address.AddressBlock;
import dev.gantry.model.address.Family;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Each node without ranges gets the lowest free block of every family. */
final class NodeIpamReconciler implements Reconciler<NodeIpamView, Action> {
    private static final int IPV4_BLOCK = 24;
    private static final int IPV6_BLOCK = 64;

    @Override
    public Plan<Action> reconcile(NodeIpamView view, Instant now) {
        // Cost: what is taken is read from all nodes, so only when somebody needs it.
        List<Resource> waiting = view.nodes().stream().filter(NodeIpamView::isWaiting).toList();
        if (waiting.isEmpty()) {
            return Plan.settled();
        }
        List<BitSet> taken = new ArrayList<>();
        for (AddressBlock cluster : view.cluster()) {
            taken.add(taken(cluster, view.nodes()));
        }
        List<Action> actions = new ArrayList<>();
        for (Resource node : waiting) {
            actions.add(handOut(node, view.cluster(), taken));
        }
        return Plan.of(actions);
    }

    private static Action handOut(Resource node, List<AddressBlock> cluster, List<BitSet> taken) {
        List<AddressBlock> given = new ArrayList<>();
        for (int i = 0; i < cluster.size(); i++) {
            AddressBlock whole = cluster.get(i);
            int free = taken.get(i).nextClearBit(0);
            if (free >= whole.blocks(blockSize(whole))) {
                return new Action.RecordEvent(
                        Resources.NODES,
                        node,
                        true,
                        "CIDRNotAvailable",
                        "Node %s status is now: CIDRNotAvailable".formatted(node.name()));
            }
            given.add(whole.block(free, blockSize(whole)));
        }
        for (int i = 0; i < cluster.size(); i++) {
            taken.get(i).set(taken.get(i).nextClearBit(0));
        }
        Resource copy = node.copy();
        ObjectNode spec = Resource.child(copy.tree(), "spec");
        spec.put("podCIDR", given.getFirst().toString());
        ArrayNode ranges = spec.putArray("podCIDRs");
        given.forEach(each -> ranges.add(each.toString()));
        return new Action.Update(Resources.NODES, copy);
    }

    private static BitSet taken(AddressBlock cluster, List<Resource> nodes) {
        BitSet taken = new BitSet();
        for (Resource node : nodes) {
            for (JsonNode each : node.spec().path("podCIDRs")) {
                Optional<AddressBlock> range = AddressBlock.parse(each.asString(""));
                range.filter(cluster::overlaps)
                        .ifPresent(found -> markTaken(cluster, found, taken));
            }
        }
        return taken;
    }

    /** A range wider than our blocks, from another configuration, takes several of them. */
    private static void markTaken(AddressBlock cluster, AddressBlock range, BitSet taken) {
        int size = blockSize(cluster);
        cluster.indexOf(range, size)
                .ifPresent(index -> taken.set(index, index + range.blocks(size)));
    }

    private static int blockSize(AddressBlock cluster) {
        return Math.max(
                cluster.prefix(), cluster.family() == Family.IPV6 ? IPV6_BLOCK : IPV4_BLOCK);
    }
}

package dev.gantry.scheduler.snapshot.topology;

import dev.gantry.scheduler.snapshot.node.NodeView;
import java.util.Arrays;
import java.util.BitSet;

/** The nodes that an {@link Eligibility} allows, and how many of them each domain has. */
final class Region {
    private final Eligibility eligibility;
    private final Topology topology;
    private final BitSet rows = new BitSet();
    private int[] nodes = {};
    private int present;

    Region(Eligibility eligibility, Topology topology) {
        this.eligibility = eligibility;
        this.topology = topology;
    }

    boolean holds(int row) {
        return rows.get(row);
    }

    /** How many domains have a node that counts. */
    int present() {
        return present;
    }

    boolean isPresent(int domain) {
        return domain < nodes.length && nodes[domain] > 0;
    }

    int bound() {
        return nodes.length;
    }

    /** To be called before the node's labels change. */
    void leave(int row) {
        if (rows.get(row)) {
            rows.clear(row);
            present -= --nodes[topology.domainOf(row)] == 0 ? 1 : 0;
        }
    }

    /** To be called when the topology knows the node's labels. */
    void enter(NodeView node) {
        int domain = topology.domainOf(node.row());
        if (domain == Topology.NONE || !eligibility.allows(node)) {
            return;
        }
        if (domain >= nodes.length) {
            nodes = Arrays.copyOf(nodes, Math.max(domain + 1, topology.bound() * 3 / 2));
        }
        rows.set(node.row());
        present += ++nodes[domain] == 1 ? 1 : 0;
    }
}

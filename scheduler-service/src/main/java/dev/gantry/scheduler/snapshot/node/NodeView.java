package dev.gantry.scheduler.snapshot.node;

import dev.gantry.model.meta.Uid;
import dev.gantry.model.pod.HostPort;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One node as filters and scores read it: its facts, and its row of the columns. Always current;
 * only the owning snapshot changes it.
 */
public final class NodeView {
    private final NodeColumns columns;
    private final int row;
    private final String name;
    private final long tieRank;
    private final Map<String, Long> usedExtended = new HashMap<>();
    private final List<HostPort> takenPorts = new ArrayList<>();
    private final List<Uid> residents = new ArrayList<>();
    private @Nullable NodeFacts facts;

    public NodeView(NodeColumns columns, int row, String name) {
        this.columns = columns;
        this.row = row;
        this.name = name;
        this.tieRank = TieRank.of(name);
    }

    public String name() {
        return name;
    }

    public int row() {
        return row;
    }

    /** Decides between nodes of equal score: unlike the row, it depends on the name alone. */
    public long tieRank() {
        return tieRank;
    }

    /** False for a node that pods are bound to but that does not exist (yet, or any more). */
    public boolean exists() {
        return facts != null;
    }

    public NodeFacts facts() {
        NodeFacts found = facts;
        if (found == null) {
            throw new dev.gantry.model.fault.Bug("node " + name + " does not exist");
        }
        return found;
    }

    public long allocatableMilliCpu() {
        return columns.allocatableMilliCpu[row];
    }

    public long freeMilliCpu() {
        return columns.allocatableMilliCpu[row] - columns.usedMilliCpu[row];
    }

    public long allocatableMemory() {
        return columns.allocatableMemory[row];
    }

    public long freeMemory() {
        return columns.allocatableMemory[row] - columns.usedMemory[row];
    }

    public long allocatableEphemeral() {
        return columns.allocatableEphemeral[row];
    }

    public long freeEphemeral() {
        return columns.allocatableEphemeral[row] - columns.usedEphemeral[row];
    }

    public int freePods() {
        return columns.podLimit[row] - columns.pods[row];
    }

    public int pods() {
        return columns.pods[row];
    }

    public long scoredMilliCpu() {
        return columns.scoredMilliCpu[row];
    }

    public long scoredMemory() {
        return columns.scoredMemory[row];
    }

    public long allocatableExtended(String resource) {
        return facts().allocatable().extended().getOrDefault(resource, 0L);
    }

    public long freeExtended(String resource) {
        return allocatableExtended(resource) - usedExtended.getOrDefault(resource, 0L);
    }

    public boolean hasConflict(HostPort wanted) {
        for (HostPort taken : takenPorts) {
            if (taken.conflictsWith(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Who is on the node; only to be read. */
    public List<Uid> residents() {
        return residents;
    }

    public void arrived(Uid uid) {
        residents.add(uid);
    }

    /** Cost: a node has some hundred pods at most. */
    public void left(Uid uid) {
        residents.remove(uid);
    }

    public void become(@Nullable NodeFacts next) {
        facts = next;
        if (next == null) {
            columns.clear(row);
        } else {
            columns.allow(row, next.allocatable(), next.podLimit());
        }
    }

    public void charge(PodSignature pod, int sign) {
        columns.charge(row, pod, sign);
        pod.asked()
                .extended()
                .forEach((name, amount) -> usedExtended.merge(name, sign * amount, Long::sum));
        for (HostPort port : pod.ports()) {
            if (sign > 0) {
                takenPorts.add(port);
            } else {
                takenPorts.remove(port);
            }
        }
    }
}

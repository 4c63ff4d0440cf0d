package dev.gantry.scheduler.snapshot.node;

import dev.gantry.scheduler.snapshot.pod.Amounts;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * The numbers of all nodes, one array per number, one row per node. Owned by one snapshot.
 *
 * <p>Cost: placing a pod reads a few numbers of every node; arrays of longs keep those side by side
 * in memory.
 */
public final class NodeColumns {
    private static final int INITIAL = 64;

    long[] allocatableMilliCpu = new long[INITIAL];
    long[] allocatableMemory = new long[INITIAL];
    long[] allocatableEphemeral = new long[INITIAL];
    long[] usedMilliCpu = new long[INITIAL];
    long[] usedMemory = new long[INITIAL];
    long[] usedEphemeral = new long[INITIAL];

    /** Used as scores see it, with assumed requests for containers that ask for nothing. */
    long[] scoredMilliCpu = new long[INITIAL];

    long[] scoredMemory = new long[INITIAL];
    int[] podLimit = new int[INITIAL];
    public int[] pods = new int[INITIAL];

    public void ensure(int rows) {
        if (rows <= pods.length) {
            return;
        }
        int capacity = Math.max(rows, pods.length * 2);
        allocatableMilliCpu = Arrays.copyOf(allocatableMilliCpu, capacity);
        allocatableMemory = Arrays.copyOf(allocatableMemory, capacity);
        allocatableEphemeral = Arrays.copyOf(allocatableEphemeral, capacity);
        usedMilliCpu = Arrays.copyOf(usedMilliCpu, capacity);
        usedMemory = Arrays.copyOf(usedMemory, capacity);
        usedEphemeral = Arrays.copyOf(usedEphemeral, capacity);
        scoredMilliCpu = Arrays.copyOf(scoredMilliCpu, capacity);
        scoredMemory = Arrays.copyOf(scoredMemory, capacity);
        podLimit = Arrays.copyOf(podLimit, capacity);
        pods = Arrays.copyOf(pods, capacity);
    }

    void allow(int row, Amounts allocatable, int limit) {
        allocatableMilliCpu[row] = allocatable.milliCpu();
        allocatableMemory[row] = allocatable.memoryBytes();
        allocatableEphemeral[row] = allocatable.ephemeralBytes();
        podLimit[row] = limit;
    }

    /** Adds a pod ({@code sign} 1) or takes it away (-1). */
    public void charge(int row, PodSignature pod, int sign) {
        usedMilliCpu[row] += sign * pod.asked().milliCpu();
        usedMemory[row] += sign * pod.asked().memoryBytes();
        usedEphemeral[row] += sign * pod.asked().ephemeralBytes();
        scoredMilliCpu[row] += sign * pod.scored().milliCpu();
        scoredMemory[row] += sign * pod.scored().memoryBytes();
        pods[row] += sign;
    }

    void clear(int row) {
        allow(row, new Amounts(0, 0, 0, new TreeMap<>()), 0);
    }
}

package dev.gantry.scheduler.plugin.noderesources;

import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.Amounts;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * What the pod asks for is free, of every resource.
 *
 * <p>Compat: noderesources {@code fitsRequest}: a resource that is not asked for is not looked at,
 * even on an overcommitted node.
 *
 * @param ignored extended resources that are not looked at, by name or by domain
 */
public record NodeResourcesFit(SortedSet<String> ignored) implements Filter {
    @Override
    public String name() {
        return "NodeResourcesFit";
    }

    @Override
    public boolean concerns(PodSignature pod) {
        return true;
    }

    @Override
    public Verdict judge(PodSignature pod, NodeView node) {
        return passes(pod, node) ? Verdict.FITS : rejection(pod, node);
    }

    @Override
    public boolean passes(PodSignature pod, NodeView node) {
        Amounts asked = pod.asked();
        return node.freePods() >= 1
                && (asked.milliCpu() == 0 || asked.milliCpu() <= node.freeMilliCpu())
                && (asked.memoryBytes() == 0 || asked.memoryBytes() <= node.freeMemory())
                && (asked.ephemeralBytes() == 0 || asked.ephemeralBytes() <= node.freeEphemeral())
                && hasExtended(pod, node);
    }

    private boolean hasExtended(PodSignature pod, NodeView node) {
        for (Map.Entry<String, Long> each : pod.asked().extended().entrySet()) {
            if (each.getValue() > 0
                    && each.getValue() > node.freeExtended(each.getKey())
                    && !isElsewhere(each.getKey(), pod, node)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether it is accounted for elsewhere: or the node has no plugin for the resource, so that
     * the rule about devices decides.
     */
    private boolean isElsewhere(String resource, PodSignature pod, NodeView node) {
        return isIgnored(resource)
                || pod.byDevices().contains(resource) && node.allocatableExtended(resource) == 0;
    }

    private boolean isIgnored(String resource) {
        return !ignored.isEmpty()
                && (ignored.contains(resource)
                        || ignored.contains(
                                resource.substring(0, Math.max(0, resource.indexOf('/')))));
    }

    private Verdict rejection(PodSignature pod, NodeView node) {
        Amounts asked = pod.asked();
        var shortages = new Shortages();
        if (node.freePods() < 1) {
            shortages.reasons.add("Too many pods");
        }
        shortages.check("cpu", asked.milliCpu(), node.freeMilliCpu(), node.allocatableMilliCpu());
        shortages.check("memory", asked.memoryBytes(), node.freeMemory(), node.allocatableMemory());
        shortages.check(
                "ephemeral-storage",
                asked.ephemeralBytes(),
                node.freeEphemeral(),
                node.allocatableEphemeral());
        asked.extended()
                .forEach(
                        (name, amount) ->
                                shortages.check(
                                        name,
                                        isElsewhere(name, pod, node) ? 0 : amount,
                                        node.freeExtended(name),
                                        node.allocatableExtended(name)));
        return new Verdict.Rejects(List.copyOf(shortages.reasons), shortages.couldBeFreed);
    }

    /** What is short, and whether an empty node would have enough. */
    private static final class Shortages {
        private final List<String> reasons = new ArrayList<>();
        private boolean couldBeFreed = true;

        void check(String resource, long asked, long free, long allocatable) {
            if (asked > 0 && asked > free) {
                reasons.add("Insufficient " + resource);
                couldBeFreed &= asked <= allocatable;
            }
        }
    }
}

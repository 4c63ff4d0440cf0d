package dev.gantry.cli.plan;

import dev.gantry.cli.cluster.WhatIfCluster;
import dev.gantry.cli.plan.SchedulingSimulation.Eviction;
import dev.gantry.cli.plan.SchedulingSimulation.Outcome;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.scheduler.snapshot.node.NodeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What would happen.
 *
 * @param drained pods of drained nodes and where they would go
 * @param lost pods of drained nodes that no controller would start again
 * @param waiting pods that wait today already and would not be replaced, and what would become of
 *     them
 */
public record PlanReport(
        List<Group> workloads,
        List<Fate> drained,
        List<String> lost,
        List<Preempted> preempted,
        List<Fate> waiting,
        List<Load> nodes,
        List<String> notes) {
    /**
     * @param node empty where it stays pending
     * @param message why it does
     */
    public record Fate(String pod, String node, String message) {}

    /** One workload of the manifest; {@code refusal} is empty where the API would take it. */
    public record Group(String title, List<Fate> pods, String refusal) {}

    /**
     * A pod that makes way for another; {@code anew} is empty where no controller starts it again.
     */
    public record Preempted(String pod, String node, String by, Optional<Fate> anew) {}

    /** How full a node is: before and after, of what it can allocate. */
    public record Load(
            String node, boolean isNew, Usage before, Usage after, long milliCpu, long memory) {}

    /** What pods on a node ask for. */
    public record Usage(long milliCpu, long memory, int pods) {
        static final Usage NONE = new Usage(0, 0, 0);
    }

    /** Something that was asked for would not run. */
    public boolean leavesSomethingPending() {
        return workloads.stream().anyMatch(PlanReport::isIncomplete)
                || drained.stream().anyMatch(PlanReport::isPending)
                || preempted.stream()
                        .anyMatch(each -> each.anew.filter(PlanReport::isPending).isPresent());
    }

    /**
     * @param before as the cluster is
     */
    public static PlanReport of(Scenario scenario, Outcome outcome, WhatIfCluster before) {
        var told = new TreeSet<ObjectKey>(scenario.drained());
        List<Group> groups = new ArrayList<>();
        for (Workload each : scenario.workloads()) {
            told.addAll(each.pods());
            groups.add(new Group(each.title(), fates(each.pods(), outcome), each.refusal()));
        }
        List<Preempted> preempted = new ArrayList<>();
        for (Eviction each : outcome.evictions()) {
            told.add(each.pod());
            preempted.add(preempted(each, outcome));
        }
        List<ObjectKey> waiting =
                before.pods().stream()
                        .filter(before::isWaiting)
                        .map(pod -> pod.key(dev.gantry.model.kind.Resources.PODS))
                        .filter(key -> !told.contains(key))
                        .filter(key -> scenario.cluster().get(key).isPresent())
                        .toList();
        return new PlanReport(
                groups,
                fates(scenario.drained(), outcome),
                scenario.lost().stream().map(ObjectKey::path).toList(),
                preempted,
                fates(waiting, outcome),
                loads(before, outcome.whatIf()),
                scenario.notes());
    }

    private static Preempted preempted(Eviction each, Outcome outcome) {
        Optional<Fate> anew =
                each.isStartedAnew() ? Optional.of(fate(each.pod(), outcome)) : Optional.empty();
        return new Preempted(each.pod().path(), each.node(), each.preemptor().path(), anew);
    }

    private static List<Fate> fates(List<ObjectKey> pods, Outcome outcome) {
        return pods.stream().map(pod -> fate(pod, outcome)).toList();
    }

    private static Fate fate(ObjectKey pod, Outcome outcome) {
        Optional<String> node = outcome.nodeOf(pod);
        return new Fate(pod.path(), node.orElse(""), node.isPresent() ? "" : outcome.message(pod));
    }

    static boolean isPending(Fate fate) {
        return fate.node.isEmpty();
    }

    private static boolean isIncomplete(Group group) {
        return !group.refusal.isEmpty() || group.pods.stream().anyMatch(PlanReport::isPending);
    }

    private static List<Load> loads(WhatIfCluster before, WhatIfCluster after) {
        SortedMap<String, Usage> then = usage(before);
        List<Load> loads = new ArrayList<>();
        usage(after)
                .forEach(
                        (name, usage) -> {
                            NodeView node = after.snapshot().node(name).orElseThrow();
                            loads.add(
                                    new Load(
                                            name,
                                            !then.containsKey(name),
                                            then.getOrDefault(name, Usage.NONE),
                                            usage,
                                            node.allocatableMilliCpu(),
                                            node.allocatableMemory()));
                        });
        return loads;
    }

    private static SortedMap<String, Usage> usage(WhatIfCluster whatIf) {
        SortedMap<String, Usage> found = new TreeMap<>();
        for (NodeView node : whatIf.snapshot().rows()) {
            if (node.exists()) {
                found.put(
                        node.name(),
                        new Usage(
                                node.allocatableMilliCpu() - node.freeMilliCpu(),
                                node.allocatableMemory() - node.freeMemory(),
                                node.pods()));
            }
        }
        return found;
    }
}

package dev.gantry.cli.plan;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.cluster.WhatIfCluster;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.cycle.SchedulingCycle;
import dev.gantry.scheduler.placement.profile.Profiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lets the scheduler decide until it has nothing more to say, and makes come true what it says:
 * bound pods are bound, victims leave, and who controls a victim starts it anew.
 *
 * <p>Time passes only as the scheduler wants to wait, so that a back-off costs nothing.
 */
public final class SchedulingSimulation {
    private static final int BATCH = 256;

    /** A scheduler that went on deciding for ever must not take us along. */
    private static final int ROUNDS = 20_000;

    private final WhatIfCluster whatIf;
    private final SortedMap<ObjectKey, String> messages = new TreeMap<>();
    private final List<Eviction> evictions = new ArrayList<>();
    private Instant clock;

    /**
     * A pod that makes way.
     *
     * @param isStartedAnew by its controller; else it is gone
     */
    public record Eviction(
            ObjectKey pod, String node, ObjectKey preemptor, boolean isStartedAnew) {}

    /**
     * How it ends.
     *
     * @param messages what was last said of pods that fit nowhere
     */
    public record Outcome(
            WhatIfCluster whatIf, SortedMap<ObjectKey, String> messages, List<Eviction> evictions) {
        /** Where the pod has come to be; empty if nowhere. */
        public Optional<String> nodeOf(ObjectKey pod) {
            return whatIf.get(pod)
                    .map(each -> Resource.text(each.spec(), "nodeName"))
                    .filter(node -> !node.isEmpty());
        }

        /** Why it is nowhere: the scheduler's message, or ours where it has none. */
        public String message(ObjectKey pod) {
            Optional<Resource> found = whatIf.get(pod);
            if (found.isEmpty()) {
                return "it would be gone";
            }
            boolean isGated = !found.get().spec().path("schedulingGates").isEmpty();
            String otherwise =
                    isGated ? "its scheduling gates hold it" : "it is left to another scheduler";
            return messages.getOrDefault(pod, otherwise);
        }
    }

    private SchedulingSimulation(ClusterObjects cluster, Profiles profiles, Instant now) {
        this.whatIf = new WhatIfCluster(cluster, profiles, now);
        this.clock = now;
    }

    public static Outcome run(ClusterObjects cluster, Profiles profiles, Instant now) {
        var simulation = new SchedulingSimulation(cluster, profiles, now);
        simulation.play();
        return new Outcome(simulation.whatIf, simulation.messages, simulation.evictions);
    }

    private void play() {
        SchedulingCycle cycle = whatIf.started();
        boolean isSwept = false;
        for (int round = 0; round < ROUNDS; round++) {
            List<Binding> decided = cycle.decide(BATCH, clock);
            for (Binding each : decided) {
                carryOut(each);
                each.party().members().forEach(this::carryOut);
            }
            if (decided.isEmpty() && !cycle.hasWork()) {
                Optional<Instant> due = cycle.nextDue();
                if (due.isPresent()) {
                    clock = due.get().isAfter(clock) ? due.get() : clock.plusMillis(1);
                } else if (isSwept) {
                    return;
                } else {
                    // What is unschedulable is told once more why: a gang that is not complete,
                    // say.
                    cycle.sweep(clock);
                    isSwept = true;
                }
            }
        }
    }

    private void carryOut(Binding binding) {
        ObjectKey key = ClusterObjects.pod(binding.namespace(), binding.name());
        Optional<Resource> pod = whatIf.get(key).filter(found -> found.uid().equals(binding.uid()));
        if (pod.isEmpty()) {
            return;
        }
        binding.victims().forEach(victim -> evict(victim, key));
        // A volume that must be provisioned first is taken to be.
        boolean isPrepared =
                !binding.isPlaced()
                        && binding.reason().isEmpty()
                        && !binding.nominatedNode().isEmpty();
        String node = isPrepared ? binding.nominatedNode() : binding.node();
        if (node.isEmpty()) {
            messages.put(key, binding.message());
        } else if (Resource.text(pod.get().spec(), "nodeName").isEmpty()) {
            messages.remove(key);
            whatIf.put(key, bound(pod.get(), node));
        }
    }

    private void evict(Binding.Pod victim, ObjectKey preemptor) {
        ObjectKey key = ClusterObjects.pod(victim.namespace(), victim.name());
        Optional<Resource> found = whatIf.get(key);
        if (found.isEmpty() || !found.get().uid().equals(victim.uid())) {
            return;
        }
        Resource pod = found.get();
        boolean isStartedAnew = pod.controller().isPresent();
        String node = Resource.text(pod.spec(), "nodeName");
        evictions.add(new Eviction(key, node, preemptor, isStartedAnew));
        whatIf.remove(key);
        if (isStartedAnew) {
            whatIf.put(key, Displaced.anew(pod));
        }
    }

    private static Resource bound(Resource pod, String node) {
        Resource copy = pod.copy();
        Resource.child(copy.tree(), "spec").put("nodeName", node);
        return copy;
    }
}

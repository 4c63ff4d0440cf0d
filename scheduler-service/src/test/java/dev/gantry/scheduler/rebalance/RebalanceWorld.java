package dev.gantry.scheduler.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.cycle.Happening;
import dev.gantry.scheduler.cycle.SchedulingCycle;
import dev.gantry.scheduler.placement.Profiles;
import dev.gantry.scheduler.snapshot.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * A cluster in which the real scheduling cycle places pods, controllers replace what is evicted,
 * and the Eviction API counts.
 */
public final class RebalanceWorld {
    static final Duration SETTLE = Duration.ofMinutes(5);

    private final SchedulingCycle cycle;
    private final Planner planner;
    private final MoveLog log = new MoveLog();
    private final Map<ObjectKey, Resource> pods = new TreeMap<>();
    private final Map<String, Resource> budgets = new TreeMap<>();
    private int names;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    public RebalanceWorld(String mode) {
        this(
                Profiles.of(Map.of(), Profiles.PACKING),
                RebalanceSettings.of(Map.of("mode", mode, "moves-per-minute", "600")));
    }

    RebalanceWorld(Profiles profiles, RebalanceSettings settings) {
        this.cycle = new SchedulingCycle("default-scheduler", profiles, () -> 0);
        this.planner = new Planner(settings, profiles);
        cycle.hear(new Happening.CaughtUp(), now);
    }

    /**
     * @param more what comes after its labels' zone and before its status, such as {@code
     *     ,'spec':{'unschedulable':true}}
     */
    void node(String name, String cpu, String zone, String more) {
        Resource node =
                Sample.object(
                        """
                        {'metadata':{'name':'%1$s','labels':{'host':'%1$s','zone':'%2$s'}}%3$s,
                         'status':{'allocatable':{'cpu':'%4$s','memory':'8Gi','pods':'20'}}}
                        """
                                .formatted(name, zone, more, cpu));
        hear(BuiltinKind.NODE, node);
    }

    public void node(String name, String cpu) {
        node(name, cpu, "z", "");
    }

    /** A pod of a ReplicaSet; pending where the node is empty. It asks for as much memory. */
    public Resource pod(String workload, String node, int milliCpu) {
        return pod(workload, node, milliCpu, "", "");
    }

    /**
     * @param metadata more of it, such as {@code ,'annotations':{}}
     * @param spec more of it
     */
    Resource pod(String workload, String node, int milliCpu, String metadata, String spec) {
        String name = workload + "-" + names++;
        Resource pod =
                Sample.object(
                        """
                        {'apiVersion':'v1','kind':'Pod',
                         'metadata':{'name':'%1$s','namespace':'default','uid':'uid-%1$s',
                           'creationTimestamp':'%2$s','labels':{'app':'%3$s'},
                           'ownerReferences':[{'kind':'ReplicaSet','name':'%3$s','uid':'%3$s','controller':true}]%4$s},
                         'spec':{'schedulerName':'default-scheduler','containers':[{'name':'c',
                           'resources':{'requests':{'cpu':'%5$dm','memory':'%7$dMi'}}}]%6$s},
                         'status':{'phase':'Pending'}}
                        """
                                .formatted(
                                        name,
                                        now,
                                        workload,
                                        metadata,
                                        milliCpu,
                                        spec,
                                        2 * milliCpu));
        if (!node.isEmpty()) {
            ((ObjectNode) pod.spec()).put("nodeName", node);
        }
        return put(pod);
    }

    Resource put(Resource pod) {
        pods.put(pod.key(BuiltinKind.POD.resource()), pod);
        hear(BuiltinKind.POD, pod);
        return pod;
    }

    void budget(String workload, int allowed) {
        Resource budget =
                Sample.object(
                        """
                        {'metadata':{'name':'%1$s','namespace':'default'},
                         'spec':{'selector':{'matchLabels':{'app':'%1$s'}}},
                         'status':{'disruptionsAllowed':%2$d}}
                        """
                                .formatted(workload, allowed));
        budgets.put(workload, budget);
        hear(BuiltinKind.POD_DISRUPTION_BUDGET, budget);
    }

    void namespace(String labels) {
        hear(
                BuiltinKind.NAMESPACE,
                Sample.object("{'metadata':{'name':'default','labels':{%s}}}".formatted(labels)));
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** All that is there has been so for long. */
    public RebalanceWorld settled() {
        pass(SETTLE.plusSeconds(1));
        return this;
    }

    public Optional<Calm> calm() {
        return cycle.calm(SETTLE, now);
    }

    List<Move> plan() {
        return calm().map(calm -> planner.plan(calm, log, now)).orElse(List.of());
    }

    /** Evicts, places the successors, and lets those that were evicted go. */
    void carryOut(List<Move> moves) {
        for (Move each : moves) {
            evict(each);
        }
        scheduleAll();
        for (Move each : moves) {
            pods.remove(each.pod());
            cycle.hear(new Happening.PodGone(each.pod()), now);
            budgetOf(each).ifPresent(budget -> allow(budget, 1));
        }
        assertThat(pods.values()).allMatch(pod -> !nodeOf(pod).isEmpty());
    }

    void refuse(Move move) {
        log.refused(move, now);
    }

    private void evict(Move move) {
        Optional<String> budget = budgetOf(move);
        budget.ifPresent(each -> allow(each, -1));
        Resource pod = pods.get(move.pod()).copy();
        pod.mutableMetadata().put("deletionTimestamp", now.toString());
        put(pod);
        log.evicted(move, now);
        Resource successor = pods.get(move.pod()).copy();
        String name = move.workload() + "-" + names++;
        successor.mutableMetadata().remove("deletionTimestamp");
        successor
                .mutableMetadata()
                .put("name", name)
                .put("uid", "uid-" + name)
                .put("creationTimestamp", now.toString());
        ((ObjectNode) successor.spec()).remove("nodeName");
        put(successor);
    }

    private Optional<String> budgetOf(Move move) {
        return Optional.of(move.workload()).filter(budgets::containsKey);
    }

    private void allow(String budget, int change) {
        int allowed = budgets.get(budget).status().path("disruptionsAllowed").asInt() + change;
        assertThat(allowed).as("disruptions allowed by %s", budget).isNotNegative();
        budget(budget, allowed);
    }

    void scheduleAll() {
        for (Binding each : cycle.decide(1000, now)) {
            ObjectKey key =
                    new ObjectKey(BuiltinKind.POD.resource(), each.namespace(), each.name());
            Resource pod = pods.get(key).copy();
            ((ObjectNode) pod.spec()).put("nodeName", each.node());
            put(pod);
        }
    }

    List<Resource> pods() {
        return new ArrayList<>(pods.values());
    }

    /** How many pods of the workload are on the node. */
    long count(String workload, String node) {
        return pods.values().stream()
                .filter(pod -> pod.labels().getOrDefault("app", "").equals(workload))
                .filter(pod -> nodeOf(pod).equals(node))
                .count();
    }

    long nodesInUse() {
        return pods.values().stream().map(RebalanceWorld::nodeOf).distinct().count();
    }

    static String nodeOf(Resource pod) {
        return Resource.text(pod.spec(), "nodeName");
    }

    private void hear(BuiltinKind kind, Resource object) {
        cycle.hear(Happening.seen(object.key(kind.resource()), object), now);
    }
}

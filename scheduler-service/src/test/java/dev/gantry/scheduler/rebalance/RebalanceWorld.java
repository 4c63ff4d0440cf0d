package dev.gantry.scheduler.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.cycle.SchedulerInput;
import dev.gantry.scheduler.cycle.SchedulingCycle;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.snapshot.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Profiles profiles;
    private final Duration settle;
    private final Planner planner;
    private final Map<ObjectKey, Resource> pods = new TreeMap<>();
    private final Map<String, Resource> budgets = new TreeMap<>();
    private final Map<String, Resource> nodes = new TreeMap<>();
    private SchedulingCycle cycle;
    private MoveLog log = new MoveLog();
    private long term = 1;
    private int names;
    private Instant now = START;

    /** By how much clocks on walls are wrong. */
    private Duration error = Duration.ZERO;

    public RebalanceWorld(String mode) {
        this(
                Profiles.of(Map.of(), Profiles.PACKING),
                RebalanceSettings.of(Map.of("mode", mode, "moves-per-minute", "600")));
    }

    RebalanceWorld(Profiles profiles, RebalanceSettings settings) {
        this.profiles = profiles;
        this.settle = settings.settle();
        this.cycle = new SchedulingCycle("default-scheduler", profiles, () -> 0);
        this.planner = new Planner(settings, profiles);
        cycle.hear(SchedulerInput.Leading.ALONE, wall());
        cycle.hear(new SchedulerInput.CaughtUp(), wall());
    }

    /** Another process leads from now on, which knows only what the feed tells. */
    void takeOver() {
        cycle = new SchedulingCycle("default-scheduler", profiles, () -> 0);
        log = new MoveLog();
        nodes.values().forEach(each -> hear(Kinds.NODE, each));
        budgets.values().forEach(each -> hear(Kinds.POD_DISRUPTION_BUDGET, each));
        pods.values().forEach(each -> hear(Kinds.POD, each));
        cycle.hear(new SchedulerInput.CaughtUp(), wall());
        cycle.hear(new SchedulerInput.Leading(++term), wall());
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
        nodes.put(name, node);
        hear(Kinds.NODE, node);
    }

    void removeNode(String name) {
        Resource gone = nodes.remove(name);
        cycle.hear(SchedulerInput.gone(gone.key(Resources.NODES)), wall());
    }

    List<String> nodes() {
        return List.copyOf(nodes.keySet());
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
                                        wall().truncatedTo(ChronoUnit.SECONDS),
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
        pods.put(pod.key(Resources.PODS), pod);
        hear(Kinds.POD, pod);
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
        hear(Kinds.POD_DISRUPTION_BUDGET, budget);
    }

    void namespace(String labels) {
        hear(
                Kinds.NAMESPACE,
                Sample.object("{'metadata':{'name':'default','labels':{%s}}}".formatted(labels)));
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Somebody sets the clock. */
    void jump(Duration by) {
        error = error.plus(by);
    }

    Instant now() {
        return now;
    }

    private Instant wall() {
        return now.plus(error);
    }

    private Moment moment() {
        return new Moment(wall(), Duration.between(START, now));
    }

    /** All that is there has been so for long. */
    public RebalanceWorld settled() {
        pass(settle.plusSeconds(1));
        return this;
    }

    public Optional<QuiescentSnapshot> quiescent() {
        return cycle.quiescent(settle, wall());
    }

    List<Move> plan() {
        return quiescent()
                .map(quiescent -> planner.plan(quiescent, log, moment()))
                .orElse(List.of());
    }

    /** Evicts, places the successors, and lets those that were evicted go. */
    void carryOut(List<Move> moves) {
        for (Move each : moves) {
            Optional<String> budget = budgetOf(each);
            budget.ifPresent(name -> allow(name, -1));
            Resource evicted = evict(each);
            succeed(evicted);
        }
        scheduleAll();
        for (Move each : moves) {
            leave(each.pod());
            budgetOf(each).ifPresent(budget -> allow(budget, 1));
            assertThat(pods.values())
                    .filteredOn(pod -> pod.labels().get("app").equals(each.workload()))
                    .allMatch(pod -> !nodeOf(pod).isEmpty());
        }
    }

    void refuse(Move move) {
        log.refused(move, moment());
    }

    /** The answer got lost: as if it were carried out. */
    void loseAnswer(Move move) {
        log.evicted(move, moment());
    }

    /** Returns the pod, which has been told to go. */
    Resource evict(Move move) {
        Resource pod = pods.get(move.pod()).copy();
        pod.mutableMetadata().put("deletionTimestamp", wall().toString());
        log.evicted(move, moment());
        return put(pod);
    }

    void leave(ObjectKey pod) {
        pods.remove(pod);
        cycle.hear(new SchedulerInput.PodGone(pod), wall());
    }

    /** The controller makes a pod like this one. */
    Resource succeed(Resource pod) {
        Resource successor = pod.copy();
        String name = pod.labels().get("app") + "-" + names++;
        successor.mutableMetadata().remove("deletionTimestamp");
        successor
                .mutableMetadata()
                .put("name", name)
                .put("uid", "uid-" + name)
                .put("creationTimestamp", wall().truncatedTo(ChronoUnit.SECONDS).toString());
        ((ObjectNode) successor.spec()).remove("nodeName");
        return put(successor);
    }

    private Optional<String> budgetOf(Move move) {
        return Optional.of(move.workload()).filter(budgets::containsKey);
    }

    /** How many disruptions the workload's budget has allowed last; empty where it has none. */
    Optional<Integer> told(String workload) {
        return Optional.ofNullable(budgets.get(workload))
                .map(budget -> budget.status().path("disruptionsAllowed").asInt());
    }

    private void allow(String budget, int change) {
        int allowed = told(budget).orElseThrow() + change;
        assertThat(allowed).as("disruptions allowed by %s", budget).isNotNegative();
        budget(budget, allowed);
    }

    void scheduleAll() {
        for (Binding each : cycle.decide(1000, wall())) {
            ObjectKey key = new ObjectKey(Resources.PODS, each.namespace(), each.name());
            if (!each.node().isEmpty()) {
                bind(pods.get(key), each.node());
            }
        }
    }

    void bind(Resource pending, String node) {
        Resource pod = pending.copy();
        ((ObjectNode) pod.spec()).put("nodeName", node);
        put(pod);
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

    private void hear(Kind kind, Resource object) {
        cycle.hear(SchedulerInput.seen(object.key(kind.resource()), object), wall());
    }
}

package dev.gantry.simulation;

import dev.gantry.client.controller.Controller;
import dev.gantry.controller.lifecycle.garbagecollector.GarbageCollector;
import dev.gantry.controller.lifecycle.podgc.PodGcController;
import dev.gantry.controller.workload.deployment.DeploymentController;
import dev.gantry.controller.workload.replicaset.ReplicaSetController;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.PodStatusReport;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A whole cluster in one thread. */
final class SimulatedCluster {
    static final GroupResource DEPLOYMENTS = Resources.DEPLOYMENTS;
    private static final Duration BEAT = Duration.ofSeconds(2);

    private final Random random;
    private final Faults faults;
    private final SimulatedState state;
    private final LossyBus<Binding> bindings;
    private final LossyBus<Binding> rejections;
    private final LossyBus<PodStatusReport> reports;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private SimulatedMonitoring monitoring = new SimulatedMonitoring();
    private List<SimulatedFeed> feeds = new ArrayList<>();
    private List<SimulatedControllerLoop> loops = new ArrayList<>();
    private SimulatedScheduler scheduler;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Instant nextBeat = now;

    SimulatedCluster(long seed, int nodeCount) {
        this.random = new Random(seed);
        this.faults = new Faults(random);
        this.state = new SimulatedState(now, new Invariants(seed));
        this.rejections = new LossyBus<>(random, each -> scheduler().rejected(each));
        this.bindings = new LossyBus<>(random, this::takeBinding);
        this.reports = new LossyBus<>(random, state::take);
        this.scheduler = new SimulatedScheduler(state, bindings, now);
        for (int i = 0; i < nodeCount; i++) {
            String name = "n" + i;
            nodes.add(new SimulatedNode(name, state, reports));
            state.create(SimulatedState.NODES, SimulatedNode.object(name));
        }
        startServices();
    }

    private SimulatedScheduler scheduler() {
        return scheduler;
    }

    private void takeBinding(Binding binding) {
        state.take(binding).ifPresent(_ -> rejections.send(binding.uid().value(), binding, now));
    }

    SimulatedState state() {
        return state;
    }

    List<SimulatedNode> nodes() {
        return nodes;
    }

    void createDeployment(String name, int replicas) {
        String json =
                """
                {'apiVersion':'apps/v1','kind':'Deployment',
                 'metadata':{'name':'%s','namespace':'default'},
                 'spec':{'replicas':%d,'progressDeadlineSeconds':600,'revisionHistoryLimit':3,
                   'strategy':{'rollingUpdate':{'maxSurge':1,'maxUnavailable':1}},
                   'selector':{'matchLabels':{'app':'%s'}},
                   'template':{'metadata':{'labels':{'app':'%s'}},
                     'spec':{'schedulerName':'default-scheduler',
                       'tolerations':[
                         {'key':'node.kubernetes.io/unreachable','operator':'Exists','effect':'NoExecute','tolerationSeconds':5},
                         {'key':'node.kubernetes.io/not-ready','operator':'Exists','effect':'NoExecute','tolerationSeconds':5}],
                       'containers':[{'name':'c','image':'v1',
                         'resources':{'requests':{'cpu':'500m','memory':'100Mi'}}}]}}},'status':{}}
                """
                        .formatted(name, replicas, name, name)
                        .replace('\'', '"');
        state.create(DEPLOYMENTS, new Resource((ObjectNode) JsonMapper.shared().readTree(json)));
    }

    void changeDeployment(String name, Consumer<ObjectNode> how) {
        Resource next = state.get(new ObjectKey(DEPLOYMENTS, "default", name)).orElseThrow().copy();
        how.accept(Resource.child(next.tree(), "spec"));
        state.update(DEPLOYMENTS, next);
    }

    /** A turn in which anything may happen. */
    void runWithFaults(int steps) {
        faults.percent(2);
        for (int i = 0; i < steps; i++) {
            if (random.nextInt(20) == 0) {
                misfortune();
            }
            step();
        }
        faults.percent(0);
        nodes.forEach(SimulatedNode::start);
    }

    void runHealthy(int seconds) {
        Instant end = now.plusSeconds(seconds);
        while (now.isBefore(end)) {
            step();
        }
    }

    private void misfortune() {
        SimulatedNode node = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                if (node.isUp()) {
                    node.crash();
                } else {
                    node.start();
                }
            }
            case 2 -> startServices();
            case 3 -> restartScheduler();
            case 4 -> deleteSomePod();
            default -> {
                int replicas = random.nextInt(8);
                changeDeployment("web", spec -> spec.put("replicas", replicas));
            }
        }
    }

    /** Controllers and monitoring forget all that is not in the log. */
    private void startServices() {
        List<Controller> controllers =
                List.of(
                        new DeploymentController(),
                        new ReplicaSetController(),
                        new GarbageCollector(),
                        new PodGcController(100));
        monitoring = new SimulatedMonitoring();
        feeds = new ArrayList<>();
        loops = new ArrayList<>();
        addLoops(controllers);
        addLoops(monitoring.controllers());
    }

    private void addLoops(List<Controller> controllers) {
        Set<GroupResource> watched = new TreeSet<>();
        controllers.forEach(controller -> watched.addAll(controller.watches()));
        var feed = new SimulatedFeed(state, watched);
        feeds.add(feed);
        controllers.forEach(
                controller ->
                        loops.add(new SimulatedControllerLoop(controller, feed, state, faults)));
    }

    /**
     * A new scheduler does not know what its predecessor decided but state has not taken yet; it
     * takes longer to start than a binding is under way.
     */
    private void restartScheduler() {
        while (!bindings.isEmpty()) {
            now = now.plusMillis(100);
            state.tick(now);
            bindings.deliver(now);
        }
        scheduler = new SimulatedScheduler(state, bindings, now);
    }

    private void deleteSomePod() {
        List<Resource> pods = state.list(SimulatedState.PODS);
        if (!pods.isEmpty()) {
            Resource pod = pods.get(random.nextInt(pods.size()));
            state.delete(pod.key(SimulatedState.PODS), pod.uid(), "Background");
        }
    }

    private void step() {
        now = now.plusMillis(20 + random.nextInt(150));
        state.tick(now);
        beat();
        bindings.deliver(now);
        rejections.deliver(now);
        reports.deliver(now);
        feeds.forEach(feed -> feed.advance(random));
        loops.forEach(loop -> loop.steps(random, now));
        scheduler.step(random, now);
        nodes.forEach(node -> node.step(now));
    }

    private void beat() {
        if (now.isBefore(nextBeat)) {
            return;
        }
        nextBeat = now.plus(BEAT);
        monitoring.echo(feeds.getLast().list(SimulatedState.NODES), now);
        for (SimulatedNode node : nodes) {
            if (node.isUp()) {
                monitoring.hear(node.heartbeat(now), loops.subList(4, 5), now);
            }
        }
    }
}

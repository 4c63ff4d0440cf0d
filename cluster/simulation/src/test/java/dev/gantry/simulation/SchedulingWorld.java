package dev.gantry.simulation;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.pod.PodGroup;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Pods and nodes that come and go, the real deciders of state, and two schedulers. */
final class SchedulingWorld {
    private static final int NODES = 4;

    /** How many pods a gang wants at least. */
    static final int GANG = 3;

    private final Random random;

    /** What befalls a harsh world only has its own luck, so that the others stay as they are. */
    private final Random mishaps;

    private final SimulatedState state;
    private final BindingTopic topic;
    private final SchedulerPair schedulers;
    private boolean isHarsh;
    private boolean isGrouped;
    private Optional<WildFaults> wild = Optional.empty();
    private int names;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    SchedulingWorld(long seed) {
        this.random = new Random(seed);
        this.mishaps = new Random(~seed);
        this.state = new SimulatedState(now, new Invariants(seed));
        this.topic = new BindingTopic(random, state);
        for (int i = 0; i < NODES; i++) {
            state.createReadyNode("n" + i);
        }
        createPriorityClasses(state);
        this.schedulers = new SchedulerPair(this::started);
    }

    private SchedulerReplica started() {
        var replica = new SchedulerReplica(state, topic, now);
        wild.ifPresent(_ -> replica.befall(mishaps));
        return replica;
    }

    /** Gangs lose single pods, and a state service that was deposed skips messages. */
    SchedulingWorld harsh() {
        isHarsh = true;
        return this;
    }

    /** Gangs are such by their PodGroups, which come late, and go while pods wait. */
    SchedulingWorld grouped() {
        isGrouped = true;
        return this;
    }

    /**
     * Harsh, and there are namesakes, late words, feeds with gaps, and clocks that are set; some
     * gangs have more pods than they need.
     */
    SchedulingWorld wild() {
        wild = Optional.of(new WildFaults(mishaps, state));
        replicas().forEach(each -> each.befall(mishaps));
        return harsh();
    }

    SimulatedState state() {
        return state;
    }

    int messages() {
        return topic.end();
    }

    List<Resource> pods() {
        return state.list(SimulatedState.PODS);
    }

    void runWithFaults(int steps) {
        for (int i = 0; i < steps; i++) {
            if (random.nextInt(4) == 0) {
                disturb();
            }
            if (isGrouped) {
                podsOfGangs().forEach(pod -> toggleGroup(gang(pod)));
            }
            if (isHarsh && mishaps.nextInt(20) == 0) {
                deleteSomePodOfAGang();
            }
            if (isHarsh && mishaps.nextInt(40) == 0) {
                topic.skip(mishaps);
            }
            step(random.nextInt(60) == 0 ? 40_000 : 20 + random.nextInt(300));
        }
    }

    /** Everything is there again, and nothing is asked for that does not fit. */
    void heal(int mostPods) {
        for (int i = 0; i < NODES; i++) {
            if (state.get(node(i)).isEmpty()) {
                state.createReadyNode("n" + i);
            }
        }
        if (isHarsh) {
            dropGang();
        }
        wild.ifPresent(WildFaults::end);
        podsOfGangs().forEach(pod -> createGroup(gang(pod)));
        for (Resource pod : pods().stream().filter(each -> gang(each).isEmpty()).toList()) {
            if (pods().size() > mostPods) {
                state.drop(pod.key(SimulatedState.PODS));
            }
        }
        schedulers.notice();
    }

    void runHealthy(int seconds) {
        for (int i = 0; i < seconds; i++) {
            step(1000);
        }
    }

    /** Who is on which node. Who has ended takes no space, and schedulers forget it. */
    Map<Uid, String> placements() {
        Map<Uid, String> placements = new TreeMap<>();
        for (Resource pod : pods()) {
            boolean isDone = Resource.text(pod.status(), "phase").equals("Succeeded");
            if (!isDone && !nodeOf(pod).isEmpty()) {
                placements.put(pod.uid(), nodeOf(pod));
            }
        }
        return placements;
    }

    List<SchedulerReplica> replicas() {
        return schedulers.all();
    }

    static String nodeOf(Resource pod) {
        return Resource.text(pod.spec(), "nodeName");
    }

    static String gang(Resource pod) {
        return pod.annotations().getOrDefault("gantry.dev/pod-group", PodGroup.nameIn(pod));
    }

    private void step(int millis) {
        now = now.plusMillis(millis);
        state.tick(now);
        topic.takeIn();
        wild.ifPresent(WildFaults::step);
        for (Resource pod : pods()) {
            if (pod.isBeingDeleted() && random.nextInt(3) == 0) {
                state.drop(pod.key(SimulatedState.PODS));
            }
        }
        schedulers.step(random, now);
    }

    private void disturb() {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> createPod(random.nextInt(3) * 10, "", "");
            case 3 -> createGang();
            case 4 -> deleteSomePod();
            case 5 -> toggleNode(random.nextInt(NODES));
            case 6 -> schedulers.leadAny(random);
            case 7 -> schedulers.restartAny(random);
            default -> schedulers.notice();
        }
    }

    private void createGang() {
        if (pods().stream().noneMatch(pod -> gang(pod).startsWith("gang-"))) {
            String name = "gang-" + names++;
            String annotations =
                    ",'annotations':{'gantry.dev/pod-group':'%s','gantry.dev/pod-group-size':'%d'}"
                            .formatted(name, GANG);
            String group = ",'schedulingGroup':{'podGroupName':'%s'}".formatted(name);
            int more = wild.isPresent() ? mishaps.nextInt(3) : 0;
            for (int i = 0; i < GANG + more; i++) {
                createPod(1000, isGrouped ? "" : annotations, isGrouped ? group : "");
            }
        }
    }

    private void toggleGroup(String name) {
        ObjectKey key = group(name);
        boolean isThere = state.get(key).isPresent();
        if (isThere && mishaps.nextInt(40) == 0) {
            state.drop(key);
        } else if (!isThere && mishaps.nextInt(10) == 0) {
            createGroup(name);
        }
    }

    private void createGroup(String name) {
        if (isGrouped && state.get(group(name)).isEmpty()) {
            state.create(
                    Resources.POD_GROUPS,
                    DeviceObjects.object(
                            "{'metadata':{'name':'%s','namespace':'default'},'spec':{'schedulingPolicy':{'gang':{'minCount':%d}}}}"
                                    .formatted(name, GANG)));
        }
    }

    /** As the pods of all worlds ask for them by name. */
    static void createPriorityClasses(SimulatedState state) {
        for (int value : List.of(0, 10, 20, 1000)) {
            state.create(
                    Resources.PRIORITY_CLASSES,
                    DeviceObjects.object(
                            "{'metadata':{'name':'p%d'},'value':%d}".formatted(value, value)));
        }
    }

    private void createPod(int priority, String annotations, String spec) {
        String json =
                """
                {'apiVersion':'v1','kind':'Pod',
                 'metadata':{'name':'p%d','namespace':'default'%s},
                 'spec':{'schedulerName':'default-scheduler','priorityClassName':'p%d',
                   'terminationGracePeriodSeconds':%d,
                   'containers':[{'name':'c','image':'v1','resources':{'requests':{'cpu':'1'}}}]%s},
                 'status':{'phase':'Pending'}}
                """
                        .formatted(names++, annotations, priority, random.nextInt(2) * 5, spec)
                        .replace('\'', '"');
        state.create(
                SimulatedState.PODS, new Resource((ObjectNode) JsonMapper.shared().readTree(json)));
    }

    private void deleteSomePod() {
        List<Resource> single = pods().stream().filter(pod -> gang(pod).isEmpty()).toList();
        if (!single.isEmpty()) {
            Resource pod = single.get(random.nextInt(single.size()));
            state.delete(pod.key(SimulatedState.PODS), pod.uid(), "Background");
        }
    }

    /** A node goes with all its pods; a gang that lost one goes whole. */
    private void toggleNode(int which) {
        if (state.get(node(which)).isEmpty()) {
            state.createReadyNode("n" + which);
            return;
        }
        state.drop(node(which));
        boolean hitsGang = false;
        for (Resource pod : pods()) {
            if (nodeOf(pod).equals("n" + which)) {
                hitsGang |= !gang(pod).isEmpty();
                state.drop(pod.key(SimulatedState.PODS));
            }
        }
        if (hitsGang) {
            dropGang();
        }
    }

    private List<Resource> podsOfGangs() {
        return pods().stream().filter(pod -> !gang(pod).isEmpty()).toList();
    }

    private void dropGang() {
        podsOfGangs().forEach(pod -> state.drop(pod.key(SimulatedState.PODS)));
    }

    private void deleteSomePodOfAGang() {
        List<Resource> gang = podsOfGangs();
        if (!gang.isEmpty()) {
            Resource pod = gang.get(mishaps.nextInt(gang.size()));
            state.delete(pod.key(SimulatedState.PODS), pod.uid(), "Background");
        }
    }

    private static ObjectKey group(String name) {
        return new ObjectKey(Resources.POD_GROUPS, "default", name);
    }

    private static ObjectKey node(int which) {
        return new ObjectKey(SimulatedState.NODES, "", "n" + which);
    }
}
